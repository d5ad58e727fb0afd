#include "sink/reference_rows.h"

#include <set>
#include <tuple>

namespace factmill {
namespace {

bool is_listed(Tag tag) {
  return tag == Tag::company || tag == Tag::model || tag == Tag::person || tag == Tag::region;
}

Cell text_or_absent(std::string_view text) { return text.empty() ? Cell{} : Cell{text}; }

}  // namespace

void each_entity_row(const Lexicon& lexicon, const UseReferenceRow& use) {
  std::set<std::tuple<Tag, std::string_view, std::string_view>> seen;
  for (const Entity& entity : lexicon.entities()) {
    if (!is_listed(entity.tag)) continue;
    const std::string_view owner = entity.owner == kNoEntity ? std::string_view("") : lexicon.entity(entity.owner).id;
    const bool is_company = entity.tag == Tag::company;
    const std::string_view company_id = is_company ? std::string_view(entity.id) : owner;
    if (!seen.emplace(entity.tag, company_id, entity.name).second) continue;
    use({tag_name(entity.tag), std::string_view(entity.name), company_id, text_or_absent(is_company ? owner : ""),
         text_or_absent(entity.kind), text_or_absent(entity.home)});
  }
}

void each_rate_row(const FxTable& rates, const UseReferenceRow& use) {
  rates.each([&](const StatedRate& stated) {
    const std::string day = to_string(stated.day);
    use({stated.base, stated.quote, std::string_view(day), stated.rate, stated.file});
  });
}

}  // namespace factmill
