// An HTTP message: header fields, then a body.
#include "archive/http.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* input, size_t size) {
  using namespace factmill;
  constexpr size_t kLimit = 10'000;
  std::unique_ptr<char[]> owner;
  const std::string_view message = fuzz::exact(input, size, owner);
  const size_t end = std::min(header_end(message), message.size());
  const HeaderFields fields = HeaderFields::parse(message.substr(0, end));
  for (const auto& [name, value] : fields.all) fuzz::promise(!fields[name].empty() || value.empty() || fields.all.size() > 1, "a field is found by its name");
  charset_parameter(fields["content-type"]);
  media_type(fields["content-type"]);
  for (bool may_be_cut : {false, true}) {
    const HttpBody body = decode_http_body(fields, message.substr(end), kLimit, may_be_cut);
    fuzz::promise(body.bytes.size() <= kLimit, "no body is over the limit");
    fuzz::promise(body.code.empty() || (body.bytes.empty() && !body.message.empty()), "a body or a reason");
  }
  return 0;
}
