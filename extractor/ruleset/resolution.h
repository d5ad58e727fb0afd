// The words that resolution needs, from rules/*/resolution.yaml: what stands for the company spoken of, where a clause
// ends, which modality an expectation of a company is.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ruleset/match_starts.h"
#include "ruleset/pattern.h"
#include "ruleset/topic.h"
#include "ruleset/word_list.h"

namespace factmill {

// How those at home in a country count their years: "FY26" that ends in March 2026.
struct FiscalYear {
  std::string home;
  int begins = 1;       // month
  bool by_end = true;   // named by the year in which it ends
  bool plain = false;   // also a quarter that is not called fiscal is one of it
};

// A pattern over tagged text that is looked for in every sentence, with the others (`sought`), by its number among them.
struct Sought {
  Pattern pattern;
  int number = 0;
};

struct Resolution {
  MatchStarts sought{MatchStarts::Of::all};
  std::vector<std::string> anaphors;            // "the company", "it": stand for the last subject
  std::vector<std::string> parent_anaphors;     // "the group": the parent, beside its sub-brands
  std::vector<std::string> carrying_nouns;      // "the figure": go on with the metric stated last
  std::vector<std::string> carrying_verbs;      // "contributed"
  std::vector<std::string> name_separators;     // between the names of a list that introduces them
  std::set<std::string, std::less<>> no_names;  // capitalized words that no document introduces as a name
  WordList topic_pronouns;                      // a sentence that begins so goes on with the trim of the one before
  WordList pronouns;                            // "its": somebody is meant who was spoken of before
  std::vector<std::string> former, latter;      // "the former", "the latter" of two names in the sentence before
  std::vector<std::string> pairing;             // "respectively": values are of the names before them, one by one
  WordList each_words;                          // "apiece": a value is of each of the names beside it
  WordList possessives;                         // "its", right before what is owned: the same
  std::vector<std::string> supplier_kinds;      // companies whose parts a model has: no subject of what a model is
  Sought clause_boundary;                       // over tagged text
  std::optional<Sought> oblique;                // over tagged text; its last byte is a name that is no subject: "from BYD"
  std::optional<Sought> object;                 // over tagged text; its last byte is a name that no sentence is about: "access to BYD"
  std::optional<Sought> subject;                // over tagged text; the names in it are subjects whatever stands before: "with BYD raising"
  std::optional<Sought> antecedent;             // over tagged text; what is said behind it is of its first byte: "the Model Y, which"
  std::optional<Pattern> cited;                 // over the text of a sentence: it says whose data it gives
  std::optional<Sought> insertion;              // over tagged text, from the byte before it: ", which also owns Lotus, "
  std::optional<Pattern> market_topic;          // over tagged text; a sentence that names nobody speaks of a market
  std::optional<Sought> owner;                  // over tagged text; the names in it belong to the name behind it: "Geely's"
  std::optional<Sought> fronted;                // over tagged text; its last name is the subject of what the match holds: "With 20,176 cars, NIO"
  std::optional<Sought> place_subject;          // over tagged text; the places in it stand for their markets: "China sold"
  std::optional<Sought> rival;                  // over tagged text; the names in it are what something is compared with
  std::optional<Pattern> comparison;            // over tagged text; the period behind it is what a figure is compared with
  std::optional<Sought> met_outlook;            // over tagged text; cues in it are of the values in it: "met its target of 400"
  std::optional<Sought> relative;               // over tagged text; a company, and what says that it goes on to speak: "Amazon, which"
  std::optional<Sought> split_period;           // over tagged text; two whens that are one: "third-quarter revenue in 2025"
  std::optional<Pattern> revision;              // over tagged text; an outlook is moved: "raised its forecast"
  std::optional<Sought> compared_time;          // over tagged text; its last byte is a time that a figure is compared with
  std::optional<Sought> beside;                 // over tagged text; its last byte is a name that belongs to the value before it: "5 percent for {segment}, 7 percent"
  std::optional<Pattern> compared_date;         // over the text before a date, to its end: "than in", "from"
  std::optional<Sought> since_event;            // over tagged text; its last byte is the time of what a count began with: "since its launch in May"
  std::optional<Sought> said_time;              // over tagged text; from a time to the word that says something then: "on June 2 it announced that"
  std::optional<Sought> outlook_time;           // over tagged text; from a time to the word that looks ahead then: "in May it had predicted"
  std::optional<Sought> time_clause;            // over tagged text; from a time, or a change measured against one, to the clause that is said of it: "in July, when"
  std::optional<Pattern> compared_value;        // over the tagged text before a value, to its end: "from", "compared with"
  // Over the text of a paragraph: the numbers beside it are 10^exponent of something, of money where the group `money` is set.
  struct DeclaredScale {
    int exponent = 0;
    Pattern pattern;
  };
  std::vector<DeclaredScale> declared_scales;
  MatchStarts declared_starts{MatchStarts::Of::all};  // of their patterns, by number
  std::vector<FiscalYear> fiscal_years;
  std::optional<Topic> topic;                   // a document that does not speak of it is about something else: no facts
  std::optional<Topic> trade;                   // in a short text that names nobody: it is of the pack's trade
  std::optional<Pattern> source_again;          // over the text of a sentence: the source of the one before speaks on: "They see"
  std::optional<Pattern> unnamed_source;        // over tagged text; somebody who forecasts, without a name: "the bank sees"
  std::optional<Pattern> own_words;             // over tagged text; who is quoted speaks of himself: "we"
  std::vector<std::string> outlook_modalities;  // plan, expect: guidance where a company speaks of its own figures
  std::vector<std::string> silent_modalities;   // denied, hypothetical: no fact
  std::vector<std::string> market_kinds;        // of them those that count a whole market
  std::vector<std::string> source_kinds;        // company kinds that are sources, never subjects: body, media
  std::vector<std::string> outside_kinds;       // named as the other party; a subject only of metrics that say so
};

}  // namespace factmill
