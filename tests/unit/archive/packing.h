// Packed bytes and archives for tests, made by the libraries' own writers.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace factmill {

std::string gzip(std::string_view bytes);
std::string zstd(std::string_view bytes);

struct Member {
  std::string name;
  std::string bytes;
  enum class Kind { file, folder, link } kind = Kind::file;
};
std::string tar(const std::vector<Member>& members);
std::string zip(const std::vector<Member>& members);

// With the fields that every record has, a date and an id of its own.
std::string warc_record(std::string_view type, std::string_view url, std::string_view content_type, std::string_view block,
                        std::string_view more_fields = {}, std::string_view version = "1.0");
std::string http(std::string_view fields, std::string_view body, std::string_view status = "200 OK");

}  // namespace factmill
