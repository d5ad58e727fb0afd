#include "stopping.h"

#include <unistd.h>

#include <csignal>
#include <initializer_list>

namespace factmill::cli {
namespace {

std::atomic<bool> g_stop{false};
volatile std::sig_atomic_t g_signal = 0;

extern "C" void on_signal(int signal) {
  if (g_stop) _exit(128 + signal);
  g_signal = signal;
  g_stop = true;
}

}  // namespace

void stop_on_signals() {
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction action {};
    action.sa_handler = on_signal;
    sigaction(signal, &action, nullptr);
  }
}

const std::atomic<bool>& stop_requested() { return g_stop; }
int stopped_exit_code() { return 128 + g_signal; }

}  // namespace factmill::cli
