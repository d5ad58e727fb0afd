// gzip, zstd, tar and zip, told by their bytes, around anything.
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* input, size_t size) {
  std::unique_ptr<char[]> owner;
  factmill::fuzz::read_in_all_ways(factmill::fuzz::exact(input, size, owner), "input", factmill::fuzz::small_options());
  return 0;
}
