#include "archive/decompress.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <string>

#include "archive/sniff.h"

namespace factmill {
namespace {

constexpr std::string_view kGzipMagic("\x1f\x8b\x08", 3);
constexpr std::string_view kZstdMagic("\x28\xb5\x2f\xfd", 4);
constexpr size_t kMaxKnownFrames = 1 << 19;  // more than begin within the look ahead of any reader
constexpr size_t kFrameHeadBytes = 64 << 10;  // of compressed bytes, enough to see what a frame begins with
constexpr size_t kMaxPrefix = 64;
constexpr size_t kLookBackBytes = 64 << 10;

// One frame (gzip's member) after the other. The decoders know nothing of files and offsets.
class Decoder {
 public:
  enum class Step : uint8_t { more, frame_ended, failed };
  virtual ~Decoder() = default;
  virtual std::string_view name() const = 0;
  virtual std::string_view magic() const = 0;
  virtual std::string_view damaged_code() const = 0;
  virtual std::string_view truncated_code() const = 0;
  virtual bool begin_frame() = 0;
  // Takes from `in` and gives to `out` as much as it can.
  virtual Step step(std::string_view in, size_t& taken, char* out, size_t room, size_t& given) = 0;
  virtual std::string problem() const = 0;
};

class GzipDecoder : public Decoder {
 public:
  GzipDecoder() { ready_ = ::inflateInit2(&stream_, 15 + 16) == Z_OK; }
  ~GzipDecoder() override { ::inflateEnd(&stream_); }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;
  std::string_view name() const override { return "gzip"; }
  std::string_view magic() const override { return kGzipMagic; }
  std::string_view damaged_code() const override { return "damaged-gzip"; }
  std::string_view truncated_code() const override { return "truncated-gzip"; }
  bool begin_frame() override { return ready_ && ::inflateReset(&stream_) == Z_OK; }
  Step step(std::string_view in, size_t& taken, char* out, size_t room, size_t& given) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(std::min<size_t>(in.size(), 1 << 30));
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(std::min<size_t>(room, 1 << 30));
    const uInt in_before = stream_.avail_in, out_before = stream_.avail_out;
    const int status = ::inflate(&stream_, Z_NO_FLUSH);
    taken = in_before - stream_.avail_in;
    given = out_before - stream_.avail_out;
    if (status == Z_STREAM_END) return Step::frame_ended;
    return status == Z_OK || status == Z_BUF_ERROR ? Step::more : Step::failed;
  }
  std::string problem() const override { return stream_.msg != nullptr ? stream_.msg : "cannot be decoded"; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

class ZstdDecoder : public Decoder {
 public:
  ZstdDecoder() : stream_(::ZSTD_createDStream()) {}
  ~ZstdDecoder() override { ::ZSTD_freeDStream(stream_); }
  ZstdDecoder(const ZstdDecoder&) = delete;
  ZstdDecoder& operator=(const ZstdDecoder&) = delete;
  std::string_view name() const override { return "zstd"; }
  std::string_view magic() const override { return kZstdMagic; }
  std::string_view damaged_code() const override { return "damaged-zstd"; }
  std::string_view truncated_code() const override { return "truncated-zstd"; }
  bool begin_frame() override { return stream_ != nullptr && ::ZSTD_isError(::ZSTD_initDStream(stream_)) == 0; }
  Step step(std::string_view in, size_t& taken, char* out, size_t room, size_t& given) override {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out, room, 0};
    status_ = ::ZSTD_decompressStream(stream_, &to, &from);
    taken = from.pos;
    given = to.pos;
    if (::ZSTD_isError(status_) != 0) return Step::failed;
    return status_ == 0 ? Step::frame_ended : Step::more;
  }
  std::string problem() const override { return ::ZSTD_getErrorName(status_); }

 private:
  ZSTD_DStream* stream_;
  size_t status_ = 0;
};

std::unique_ptr<Decoder> decoder_of(Packing packing) {
  if (packing == Packing::gzip) return std::make_unique<GzipDecoder>();
  return std::make_unique<ZstdDecoder>();
}

class DecompressedSource : public ByteSource {
 public:
  DecompressedSource(Packing packing, Input& below, Expansion& expansion, size_t layer)
      : packing_(packing), decoder_(decoder_of(packing)), below_(below), expansion_(expansion), layer_(layer) {
    below_.keep(kLookBackBytes);
  }

  Result<size_t> read(char* buffer, size_t size) override {
    if (expansion_.exceeded()) return fail("too-much-expansion", expansion_.message() + ", seen");
    if (failed_) return fail(decoder_->damaged_code(), "its " + std::string(decoder_->name()) + " data is damaged (" + decoder_->problem() + ")");
    while (true) {
      const std::string_view in = below_.peek(1);
      if (in.empty() && !in_frame_) return at_end();
      if (!in_frame_ && !begin_frame(in)) {
        if (code_.empty()) continue;  // padding
        return fail(code_, "what follows its last " + std::string(decoder_->name()) + " frame is no " + std::string(decoder_->name()) + " data,");
      }
      // Also without input: the decoder may hold what found no room before.
      size_t taken = 0, given = 0;
      const Decoder::Step step = decoder_->step(below_.peek(1), taken, buffer, size, given);
      below_.consume(taken);
      given_ += given;
      failed_ = step == Decoder::Step::failed;
      if (step == Decoder::Step::frame_ended) in_frame_ = false;
      expansion_.made(layer_, given);
      if (given > 0) return given;
      if (failed_) return read(buffer, size);
      if (in.empty() && in_frame_) return at_end();
    }
  }

  std::string_view failure_code() const override { return code_.empty() ? below_.failure_code() : code_; }

  Address address(uint64_t position) override {
    while (frames_.size() > 1 && frames_[1].out <= position) frames_.pop_front();
    if (frames_.empty()) return {0, position};
    return {frames_[0].in, position - frames_[0].out};
  }

  bool restart(uint64_t offset, std::string_view prefix) override {
    frames_.clear();
    return below_.restart(offset) && find_frame(prefix);
  }
  bool recover(std::string_view prefix) override {
    if (expansion_.exceeded()) return false;
    // Damage may hide a frame's end: the next one may have begun before the damage was seen. Nothing is searched thrice.
    const uint64_t failed_at = below_.position();
    const uint64_t from = std::max(frame_begin_ + 1, searched_);
    if (from < failed_at) below_.back(static_cast<size_t>(failed_at - from));
    searched_ = failed_at;
    return find_frame(prefix);
  }

 private:
  struct Frame {
    uint64_t out;  // position of its first byte in what this source gives
    uint64_t in;   // offset of its first byte in the file below
  };

  Error fail(std::string_view code, const std::string& what) {
    code_ = code;
    return Error{what + " at byte " + std::to_string(offset_below())};
  }

  Result<size_t> at_end() {
    if (below_.failure()) {
      code_ = below_.failure_code();
      return Error{*below_.failure()};
    }
    if (in_frame_) return fail(decoder_->truncated_code(), "its " + std::string(decoder_->name()) + " data ends too soon,");
    return size_t{0};
  }

  uint64_t offset_below() {
    const Address address = below_.address(below_.position());
    return address.offset + address.within;
  }

  // False: `in` begins with padding, which is read over, or (with a code) with something else.
  bool begin_frame(std::string_view in) {
    // Tapes and some writers fill up the last block with zeros.
    if (in[0] == '\0') {
      below_.consume(std::min(in.find_first_not_of('\0'), in.size()));
      return false;
    }
    if (in.size() < kZstdMagic.size()) in = below_.peek(kZstdMagic.size());
    // A first frame that is cut off within its magic number is truncated, not foreign.
    const bool foreign = packing_of(in) != packing_ && !decoder_->magic().starts_with(in);
    if ((foreign && !frames_.empty()) || !decoder_->begin_frame()) {
      code_ = decoder_->damaged_code();
      return false;
    }
    remember_frame();
    frame_begin_ = below_.position();
    in_frame_ = true;
    return true;
  }

  void remember_frame() {
    const uint64_t in = offset_below();
    // Of frames that hold nothing the last counts: the next byte is in the one behind them.
    if (!frames_.empty() && frames_.back().out == given_) {
      frames_.back().in = in;
      return;
    }
    if (frames_.size() == kMaxKnownFrames) frames_.pop_front();
    frames_.push_back({given_, in});
  }

  // Reads on to the next frame that begins with `prefix`.
  bool find_frame(std::string_view prefix) {
    code_ = {};
    in_frame_ = failed_ = false;
    if (!probe_) probe_ = decoder_of(packing_);
    while (true) {
      const std::string_view head = below_.peek(kFrameHeadBytes);
      const size_t at = head.find(decoder_->magic());
      if (at == std::string_view::npos) {
        if (head.size() < kFrameHeadBytes) return below_.consume(head.size()), false;
        below_.consume(head.size() - decoder_->magic().size() + 1);
        continue;
      }
      below_.consume(at);
      if (begins_with(below_.peek(kFrameHeadBytes), prefix)) return true;
      below_.consume(1);
    }
  }

  bool begins_with(std::string_view frame, std::string_view prefix) const {
    char begin[kMaxPrefix];
    size_t size = 0;
    if (!probe_->begin_frame()) return false;
    while (size < prefix.size()) {
      size_t taken = 0, given = 0;
      const Decoder::Step step = probe_->step(frame, taken, begin + size, std::min(prefix.size(), kMaxPrefix) - size, given);
      frame.remove_prefix(taken);
      size += given;
      if (step != Decoder::Step::more || (taken == 0 && given == 0)) break;
    }
    return std::string_view(begin, size) == prefix;
  }

  Packing packing_;
  std::unique_ptr<Decoder> decoder_;
  std::unique_ptr<Decoder> probe_;  // looks whether a frame begins as wanted
  Input& below_;
  Expansion& expansion_;
  size_t layer_;
  bool in_frame_ = false;
  bool failed_ = false;
  uint64_t frame_begin_ = 0;  // of the frame last begun, as a position of below_
  uint64_t searched_ = 0;     // up to there frames were searched for
  uint64_t given_ = 0;
  std::deque<Frame> frames_;
  std::string_view code_;
};

}  // namespace

std::optional<Packing> packing_of(std::string_view head, std::string_view name) {
  if (head.starts_with(kGzipMagic)) return Packing::gzip;
  if (head.starts_with(kZstdMagic)) return Packing::zstd;
  // A skippable frame (RFC 8878, section 3.1.2), which some writers begin with.
  if (head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0) == 0x50 && head.substr(1, 3) == "\x2a\x4d\x18") return Packing::zstd;
  // Cut off within the magic number.
  const bool is_packed = !head.empty() && unpacked_name(name).size() < name.size();
  if (is_packed && head.size() < kGzipMagic.size() && kGzipMagic.starts_with(head)) return Packing::gzip;
  if (is_packed && head.size() < kZstdMagic.size() && kZstdMagic.starts_with(head)) return Packing::zstd;
  return std::nullopt;
}

bool Expansion::made(size_t layer, uint64_t bytes) {
  if (made_.size() <= layer) made_.resize(layer + 1);
  made_[layer] += bytes;
  if (made_[layer] > floor_ && made_[layer] / ratio_ > read_) exceeded_ = true;
  return !exceeded_;
}

std::string Expansion::message() const {
  return "it expands more than " + std::to_string(ratio_) + " times";
}

Result<size_t> CountedSource::read(char* buffer, size_t size) {
  Result<size_t> got = source_.read(buffer, size);
  if (got) expansion_.read(*got);
  return got;
}

std::unique_ptr<ByteSource> decompress(Packing packing, Input& below, Expansion& expansion, size_t layer) {
  return std::make_unique<DecompressedSource>(packing, below, expansion, layer);
}

}  // namespace factmill
