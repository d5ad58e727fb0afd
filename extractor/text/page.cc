#include "text/page.h"

namespace factmill {

Page read_page(std::string_view html, const PageRules&) {
  Page page;
  page.text = html;
  return page;
}

}  // namespace factmill
