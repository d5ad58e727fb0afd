# Exchange rates by day, and what is refused.
echo "Xiaomi's revenue was RMB 8 billion in 2024. NIO's revenue was EUR 10 million in 2023." > money.txt
printf 'date,base,quote,rate,source\n2024-08-20,USD,CNY,8,bank\n2024-08-20,EUR,CNY,9\n' > long.csv
printf 'Date,USD,CNY,\n2024-08-21,N/A,N/A,\n2024-08-20,1.1,8.8,\n' > ecb.csv
printf 'observation_date,DEXCHUS\n2024-08-19,8\n2024-08-20,.\n' > fred.csv
expect 0 extract money.txt --published 2024-08-21 --fx long.csv
has out '"unit":"CNY","value_cny":8000000000,"value_usd":1000000000,"fx_rate":8,"fx_from":"table"'
has out '"unit":"EUR","value_cny":90000000,"value_usd":11250000,"fx_rate":8,"fx_from":"table"'
expect 0 extract money.txt --published 2024-08-21 --fx ecb.csv
has out '"unit":"CNY","value_cny":8000000000,"value_usd":1000000000,"fx_rate":8,"fx_from":"table"'
has out '"unit":"EUR","value_cny":88000000,"value_usd":11000000,'
expect 0 extract money.txt --published 2024-08-21 --fx fred.csv
has out '"value_usd":1000000000,"fx_rate":8,"fx_from":"table"'
# Too old, not yet known, and the article's own.
expect 0 extract money.txt --published 2024-08-21 --fx fred.csv --fx-max-age 1
has out '"fx_rate":7.1348,"fx_from":"default".*"fx_default"'
expect 0 extract money.txt --published 2024-08-18 --fx fred.csv --fx-default 7
has out '"fx_rate":7,"fx_from":"option".*"fx_default"'
echo "Xiaomi's revenue was RMB 8 billion (\$1.1 billion) in 2024." > stated.txt
expect 0 extract stated.txt --published 2024-08-21 --fx fred.csv
has out '"value_usd":1100000000,"fx_from":"article"'
printf 'date,base,quote,rate\n2024-08-20,USD,CNY,8\n2024-08-20,USD,CNY,8\n' > twice.csv
expect 2 extract money.txt --fx twice.csv
has err '^factmill: twice.csv:3: error: a second rate of CNY and USD on 2024-08-20 \(the first is at twice.csv:2\)$'
expect 2 extract money.txt --fx missing.csv
expect 2 extract money.txt --fx long.csv --fx ecb.csv --fx fred.csv --fx-max-age -1
# The table is a setting: other rates, other rows.
expect 0 extract money.txt --published 2024-08-21 --fx fred.csv -o facts.db
sed -i 's/,8$/,4/' fred.csv
expect 0 extract money.txt --published 2024-08-21 --fx fred.csv -o facts.db
[ "$(sqlite3 facts.db "SELECT value_usd FROM finished_fact WHERE unit = 'CNY'")" = 2000000000 ] || complain 'the new rates were not taken'
