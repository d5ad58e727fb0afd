// The alphabet of tagged text. In a tagged sentence every mention is one byte that cannot occur in ASCII text, so that
// a rule sees
//
//     In the second quarter of 2024, Xiaomi's revenue was RMB 6.4 billion ($900 million).
//     ⟨when⟩, ⟨company⟩'s ⟨noun⟩ was ⟨money⟩.
//
// and its patterns stay short. Non-ASCII characters of the text are one byte each (kForeign). In rule files a tag is
// written {money}; {money+} is a list of money, {money*} one or a list.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace factmill {

enum class Tag : uint8_t {
  none,
  // values, in the order of ValueType
  number,
  money,
  percent,
  points,
  quantity,
  ordinal,
  multiple,
  date,
  duration,
  // values built by reductions
  change,     // up 10.0 percent from 19,400 a year earlier
  reference,  // compared with 19,400 in the same period last year
  // heads: what can be stated
  noun,  // deliveries, gross margin
  verb,  // delivered
  // names
  company,
  model,
  variant,
  region,
  person,
  segment,
  feature,
  anaphor,   // the company, the smartphone giant
  stranger,  // a name that the lexicon does not have, standing as a subject
  industry,  // NEV makers, the whole market
  // transparent: they carry slots, and a gap does not see them
  when,     // in the second quarter
  where,    // in China
  aside,    // of the SU7 series; (HKG: 1810); including smart EVs
  speaker,  // the company said
  count
};

inline constexpr size_t kTagCount = static_cast<size_t>(Tag::count);
inline constexpr char kForeign = '\x1A';

inline constexpr std::array<std::string_view, kTagCount> kTagNames = {
    "none",    "number",    "money",    "percent",  "points",  "quantity", "ordinal", "multiple", "date",   "duration",
    "change",  "reference", "noun",     "verb",     "company", "model",    "variant", "region",   "person", "segment",
    "feature", "anaphor",   "stranger", "industry", "when",    "where",    "aside",   "speaker"};

inline std::string_view tag_name(Tag tag) { return kTagNames[static_cast<size_t>(tag)]; }
Tag tag_of(std::string_view name);  // Tag::none where there is no such tag

// The byte that stands for a mention, and for a list of such mentions.
inline char tag_byte(Tag tag, bool list = false) {
  return static_cast<char>((list ? 0xC0 : 0x80) + static_cast<uint8_t>(tag));
}
inline bool is_tag_byte(char c) { return static_cast<uint8_t>(c) >= 0x80; }
inline Tag tag_of_byte(char c) { return static_cast<Tag>(static_cast<uint8_t>(c) & 0x3F); }

inline bool is_value(Tag tag) { return tag >= Tag::number && tag <= Tag::duration; }
inline bool is_head(Tag tag) { return tag == Tag::noun || tag == Tag::verb; }
inline bool is_name(Tag tag) { return tag >= Tag::company && tag <= Tag::industry; }
inline bool is_transparent(Tag tag) { return tag >= Tag::when && tag <= Tag::speaker; }

// A set of tags, as bits; lists count as their tag.
using TagSet = uint64_t;
inline constexpr TagSet tag_bit(Tag tag) { return TagSet{1} << static_cast<unsigned>(tag); }

inline constexpr TagSet kValueTags = [] {
  TagSet set = 0;
  for (auto tag = static_cast<unsigned>(Tag::number); tag <= static_cast<unsigned>(Tag::duration); ++tag)
    set |= TagSet{1} << tag;
  return set;
}();

// What a mention or statement can carry beside its own payload.
enum class Slot : uint8_t {
  company,
  model,
  variant,
  region,
  segment,
  feature,
  counterparty,
  period,
  speaker,
  stated_on,
  report,     // a reporting period that is named but is not the statement's own: "first-quarter results"
  alt,        // the same amount in another unit
  reference,  // the value a change is measured against
  upper,      // the upper end of a range of two amounts
  compared,   // the period a change is measured against
  head,       // a reference's own noun, which gives its sign: "from a loss of RMB 1.1 billion"
  // carried into the fact's attributes under their own names
  origin,       // where a taxed or shipped car comes from
  destination,  // where it goes
  built,        // the production window of recalled cars
  plant,        // the works spoken of: the fact's feature where none is named
  phase,        // which stage of a project
  elapsed,      // since an event: "within an hour of launch"
  count
};
inline constexpr size_t kSlotCount = static_cast<size_t>(Slot::count);
inline constexpr std::array<std::string_view, kSlotCount> kSlotNames = {
    "company", "model",     "variant", "region", "segment",   "feature", "counterparty", "period",
    "speaker", "stated_on", "report",  "alt",    "reference", "upper",   "compared",     "head",
    "origin", "destination", "built", "plant", "phase", "elapsed"};
inline constexpr std::array<Slot, 5> kAttributeSlots = {Slot::origin, Slot::destination, Slot::built, Slot::phase,
                                                       Slot::elapsed};
inline std::string_view slot_name(Slot slot) { return kSlotNames[static_cast<size_t>(slot)]; }
Slot slot_of(std::string_view name);  // Slot::count where there is no such slot

}  // namespace factmill
