# The short form of tools/kill-test: killed at random moments, the same rows.
python3 "$source/tools/kill-test" --factmill "$factmill" --kills 8 --postgresql-kills 4 --documents 400 \
  --targets sqlite,postgresql,jsonl > out 2>&1 || { complain 'killed loads differ'; cat out; }
has out 'sqlite: [0-9]+ kills in [0-9]+ loads'
