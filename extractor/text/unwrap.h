// Joins the lines of text that was wrapped at a fixed width, as wire services and mail do: "profit rose in the\nthird
// quarter" is one sentence. A break was made by wrapping if the first word behind it would not have fitted before it.
// A line break becomes a blank, so that no byte moves.
#pragma once
#include <string>

namespace factmill {

void unwrap(std::string& text);

}  // namespace factmill
