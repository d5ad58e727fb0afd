// The words that resolution needs, from rules/*/resolution.yaml: what stands for the company spoken of, where a clause
// ends, which modality an expectation of a company is.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ruleset/pattern.h"
#include "ruleset/topic.h"

namespace factmill {

struct Resolution {
  std::vector<std::string> anaphors;            // "the company", "it": stand for the last subject
  std::vector<std::string> parent_anaphors;     // "the group": the parent, beside its sub-brands
  std::vector<std::string> carrying_nouns;      // "the figure": go on with the metric stated last
  std::vector<std::string> carrying_verbs;      // "contributed"
  std::vector<std::string> name_separators;     // between the names of a list that introduces them
  std::set<std::string, std::less<>> no_names;  // capitalized words that no document introduces as a name
  std::vector<std::string> topic_pronouns;      // a sentence that begins so goes on with the trim of the one before
  std::vector<std::string> pronouns;            // "its": somebody is meant who was spoken of before
  std::vector<std::string> possessives;         // "its", right before what is owned: the same
  std::vector<std::string> supplier_kinds;      // companies whose parts a model has: no subject of what a model is
  Pattern clause_boundary;                      // over tagged text
  std::optional<Pattern> oblique;               // over tagged text; its last byte is a name that is no subject: "from BYD"
  std::optional<Pattern> object;                // over tagged text; its last byte is a name that no sentence is about: "access to BYD"
  std::optional<Pattern> subject;               // over tagged text; the names in it are subjects whatever stands before: "with BYD raising"
  std::optional<Pattern> relative;              // over tagged text; what is said behind it is of its first byte: "the Model Y, which"
  std::optional<Pattern> insertion;             // over tagged text, from the byte before it: ", which also owns Lotus, "
  std::optional<Pattern> cited;                 // over the text of a sentence: it says whose data it gives
  std::optional<Pattern> market_topic;          // over tagged text; a sentence that names nobody speaks of a market
  std::optional<Pattern> owner;                 // over tagged text; the names in it belong to the name behind it: "Geely's"
  std::optional<Pattern> place_subject;         // over tagged text; the places in it stand for their markets: "China sold"
  std::optional<Pattern> rival;                 // over tagged text; the names in it are what something is compared with
  std::optional<Pattern> comparison;            // over tagged text; the period behind it is what a figure is compared with
  std::optional<Pattern> met_outlook;           // over tagged text; cues in it are of the values in it: "met its target of 400"
  std::optional<Pattern> split_period;          // over tagged text; two whens that are one: "third-quarter revenue in 2025"
  std::optional<Pattern> revision;              // over tagged text; an outlook is moved: "raised its forecast"
  std::optional<Pattern> compared_value;        // over the tagged text before a value, to its end: "from", "compared with"
  std::optional<Topic> topic;                   // a document that does not speak of it is about something else: no facts
  std::vector<std::string> outlook_modalities;  // plan, expect: guidance where a company speaks of its own figures
  std::vector<std::string> silent_modalities;   // denied, hypothetical: no fact
  std::vector<std::string> market_kinds;        // of them those that count a whole market
  std::vector<std::string> source_kinds;        // company kinds that are sources, never subjects: body, media
  std::vector<std::string> outside_kinds;       // named as the other party; a subject only of metrics that say so
};

}  // namespace factmill
