// What the resolver holds while it reads: periods, companies and models spoken of, and statements on their way to being facts.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mention/date_interval.h"
#include "mention/mentions.h"
#include "statement/attach.h"
#include "statement/sentence.h"

namespace factmill::spoken {

// A period together with how it was come by.
struct Period {
  ResolvedDate date;
  std::string_view from;
  DateSpec::Role role = DateSpec::Role::plain;
  bool inferred = false;
  bool expected = false;  // marked as not counted yet: 2025E
  bool back = false;  // "a year ago": of another time than the one spoken of
  bool ends = false;  // "at the end of January"
  std::optional<ResolvedDate> whole = {};  // of "as of January": the month
};

// Whom a statement is about, and where that was found.
struct Company {
  uint32_t entity = kNoEntity;
  std::string_view from;
  bool stranger = false;
  bool industry = false;
  bool aside = false;  // named behind a preposition alone: who made a part, who said it
  int32_t together = kNoNode;  // the list that it is the first of: "Hyundai and Kia sold 46,826"
};

// A statement on its way to being facts.
struct Draft {
  const Statement* statement = nullptr;
  Company company;
  std::array<int32_t, kSlotCount> slots;
  std::optional<Period> period;
  std::string modality, status;
  std::string_view attributed_to;
  std::string stated_on;
  bool silent = false;
  bool looks_ahead = false;   // of no time that is over, unless it is its own
  int part = 0;               // "two phases of 120,000 each": which of them
  bool one_of_heads = false;  // "production and sales were A and B": each its own head
  int32_t aside = kNoNode;  // the nearest transparent mention with attributes of its own: "within an hour of launch"
  uint32_t right_limit = 0, left_limit = 0;
};

// A model spoken of, and its trim. A model that the document introduced has no entity.
struct Model {
  uint32_t entity = kNoEntity;
  std::string name, variant;
  bool known() const { return !name.empty(); }
};

// One of several trims or models that values are paired with.
struct Apart {
  bool is_trim;
  std::string name;
};

// Of a page with several, each with a day of its own.
struct Story {
  Span headline;
  Day day;
};

// Of the list whose items follow: "For the fourth quarter, the company expects:", or a heading, "Outlook for 3Q25".
struct Intro {
  std::optional<Period> period;
  const Cue* cue = nullptr;
  bool heading = false;
  bool fresh = true;  // no item has followed yet
};

// Facts by metric, company and amount, as a hash: the first and the last of a chain. Whether two are one statement is
// asked of the facts themselves.
struct Alike {
  size_t first = 0, last = 0;
};

}  // namespace factmill::spoken
