// Scales that stand apart from their numbers: "Registrations, thousand units: Xpeng 6.5, Nio 5.3", "(RMB million)" over a
// list, "about 14.3 thousand, Xiaomi 7.2". The numbers are multiplied, and Value::scale says where that was read.
//
//   DeclaredScales scales(tables, resolution);
//   scales.apply(document, starts, mentions);    // once names and values are cleared of each other
#pragma once
#include "mention/mentions.h"
#include "ruleset/resolution.h"
#include "text/document.h"

namespace factmill {

class DeclaredScales {
 public:
  DeclaredScales(const ValueTables& tables, const Resolution& resolution) : tables_(tables), reader_(tables), resolution_(resolution) {}
  void apply(const Document& document, MatchStarts::Scratch& starts, Mentions& mentions) const;

 private:
  struct Declared {
    size_t paragraph = 0;
    Span span;
    int exponent = 0;
    uint16_t currency = 0;  // 0: what is counted
  };
  std::vector<Declared> find(const Document& document, MatchStarts::Scratch& starts) const;
  void declare(const Document& document, const std::vector<Declared>& all, const Declared& declared, ValueList& list) const;
  size_t scale_lines(const Document& document, const std::vector<Declared>& all, const Declared& declared, int step, ValueList& list) const;
  size_t scale_all(std::string_view text, Span within, const Declared& declared, ValueList& list) const;
  bool takes(std::string_view text, const Value& value, const Declared& declared) const;
  bool lends(std::string_view text, const Value& lender, const Value& value, const std::vector<Name>& names) const;
  static void lend(std::string_view text, const Value& lender, Value& value);
  static void scale(Value& value, int exponent, Span from);
  uint16_t currency_of(std::string_view word) const;

  const ValueTables& tables_;
  ValueReader reader_;
  const Resolution& resolution_;
};

}  // namespace factmill
