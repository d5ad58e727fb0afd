// What a document's dates are, read in order: what period is spoken of, and which way an incomplete date lies.
//
//   DateDiscourse dates(tables, text, published);
//   for each date mention, in order: std::optional<Timex> timex = dates.read(spec, span);
//
// "A year earlier" moves the period spoken of last; "the quarter" is the quarter mentioned last, else the last that was
// over when the document was published. A date without a year lies where the nearest word of tense in its sentence puts
// it: "will open in March". Each mention looks at a bounded number of words.
#pragma once
#include <optional>
#include <string_view>

#include "mention/timex.h"

namespace factmill {

class DateDiscourse {
 public:
  DateDiscourse(const ValueTables& tables, std::string_view text, std::optional<Day> published)
      : calendar_(tables.calendar()), text_(text), published_(published) {}

  // A date of the list, with both its ends where they are two.
  std::optional<Timex> read(const ValueList& list, const Value& value);
  // "6-year-old": no stretch of time.
  bool is_age(Span span) const;

 private:
  std::optional<Timex> read(const DateSpec& spec, Span span);
  // The sentence's words on one side of a mention, nearest first, up to the first that has a tense.
  struct Cue {
    Tense tense = Tense::none;
    int distance = 0;   // in words
    bool sure = false;  // no verb of saying
  };
  // Verbs of saying count as far as `saying_reach` words.
  Cue cue_before(size_t at, int saying_reach) const;
  Cue cue_behind(size_t at, int saying_reach) const;
  Tense word_tense_before(size_t at) const;
  bool is_no_cue(size_t begin, size_t end) const;
  bool names_month(size_t begin) const;
  // `sure`: a verb of the past right beside leaves no doubt.
  Direction tense_at(Span span, bool weekday, bool sure) const;
  Direction direction_of(const DateSpec& spec, Span span) const;
  bool stands_alone(Span span) const;
  std::optional<Interval> ended_by_next(const ValueList& list, const Value& value) const;
  std::string words_between(uint32_t begin, uint32_t end) const;
  void take_year_behind(const Value& value, DateSpec& spec) const;
  Timex noted_range(const DateSpec& spec, const Interval& days, size_t begin);
  std::optional<Interval> spoken_of(const DateSpec& spec) const;
  std::optional<Interval> last_full(DateSpec::Grain grain) const;
  bool is_compared(const DateSpec& spec, size_t begin) const;
  void note(const DateSpec& spec, const Timex& timex, size_t begin);

  const DateCalendar& calendar_;
  std::string_view text_;
  const ValueList* list_ = nullptr;  // of the date that is being read
  std::optional<Day> published_;
  std::optional<Interval> day_;      // the day mentioned last
  std::optional<Interval> period_;   // what is longer than a day and was spoken of last
  std::optional<Interval> quarter_;  // the quarter mentioned last
  bool fiscal_ = false;              // a fiscal quarter was named
  std::optional<Interval> last_;     // the last of any length
};

}  // namespace factmill
