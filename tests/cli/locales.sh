# No locale, time zone or clock changes a result: the same bytes under each. A locale that is not installed is made where
# localedef is there; faketime moves the clock where it is installed.
printf '%s\n' 'BYD sold 1.234.567 cars last week, up 12,7 percent, for RMB 6.4 billion.' 'It opened today; on 03/04/2025 it had 10.000 orders.' > a.txt
# (The C library itself never frees what it makes of LOCPATH, which a leak checker would report.)
export LOCPATH="$PWD/locales" ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
mkdir -p locales
for name in de_DE tr_TR; do
  command -v localedef > /dev/null && localedef -i "$name" -f UTF-8 "locales/$name.UTF-8" 2> /dev/null
done
results() {
  "$factmill" annotate --rules "$rules" --published 2024-08-21 a.txt && "$factmill" annotate --rules "$rules" a.txt &&
    "$factmill" extract --rules "$rules" --published 2024-08-21 a.txt
}
LC_ALL=C TZ=UTC results > first || complain 'the run under LC_ALL=C failed'
has first '1234567'
has first '"timex":"2024-W33"'
for place in de_DE.UTF-8,Pacific/Kiritimati tr_TR.UTF-8,America/Los_Angeles C.UTF-8,Asia/Kolkata; do
  locale=${place%,*} zone=${place#*,}
  LC_ALL=$locale LANG=$locale TZ=$zone results > other || complain "the run under $locale, $zone failed"
  cmp -s first other || complain "other results under $locale, $zone"
done
if command -v faketime > /dev/null; then
  faketime '1999-12-31 23:59:59' "$factmill" annotate --rules "$rules" --published 2024-08-21 a.txt > other
  head -1 first | cmp -s - other || complain 'other results at another time'
fi
