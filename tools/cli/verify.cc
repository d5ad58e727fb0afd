#include "commands.h"
namespace factmill::cli {
int run_verify(const VerifyOptions&) { return kFailed; }
}
