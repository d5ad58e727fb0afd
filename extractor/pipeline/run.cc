#include "pipeline/run.h"

#include <tbb/enumerable_thread_specific.h>

#include <utility>

#include "pipeline/flow.h"
#include "pipeline/writer.h"

namespace factmill {
namespace {

// Makes the parcel's record a document and hands it on; what is none becomes the parcel's reject.
template <class Use>
void with_document(Parcel& parcel, const Extractor& extractor, const TextOptions& options, Use use) {
  parcel.bytes = parcel.record->bytes.size();
  DocumentOrReject made = make_document(std::move(*parcel.record), extractor.pack().text, options);
  if (made) {
    parcel.is_document = true;
    use(made.document());
  } else if (made.is_off_topic()) {
    parcel.is_document = true;
    Source& source = made.off_topic().source;
    parcel.facts.path = std::move(source.path);
    parcel.facts.member = std::move(source.member);
    parcel.facts.offset = source.offset;
    parcel.facts.url = std::move(source.url);
    parcel.facts.bytes = parcel.bytes;
  } else {
    parcel.reject = std::move(made.reject());
  }
}

// The readers of archives, and `work` on each document.
template <class Work>
FlowHooks hooks_of(const Extractor& extractor, const RunOptions& options, Work work) {
  FlowHooks hooks;
  hooks.read = [&](const InputFile& file, ByteRange range, RecordSink& to) {
    return read_file(file, range, options.read, extractor.pack().profiles, to);
  };
  hooks.work = std::move(work);
  return hooks;
}

}  // namespace

RunSummary extract(const Extractor& extractor, const std::vector<std::string>& paths, const RunOptions& options,
                   Sink& sink) {
  tbb::enumerable_thread_specific<Extraction> extractions([&] {
    Extraction extraction(extractor, options.resolve);
    extraction.list_unclaimed(options.unclaimed);
    if (options.only_facts) extraction.leave_out_signatures();
    return extraction;
  });
  TextOptions text = options.text;
  const std::optional<Topic>& topic = extractor.pack().resolution.topic;
  if (options.only_facts && !options.unclaimed && topic) text.topic = &*topic;
  const auto work = [&](Parcel& parcel) {
    with_document(parcel, extractor, text,
                  [&](const Document& document) { parcel.facts = extractions.local().run(document); });
  };
  return run_into(sink, paths, options, hooks_of(extractor, options, work));
}

RunSummary annotate(const Extractor& extractor, const std::vector<std::string>& paths, const RunOptions& options,
                    AnnotationOptions annotations,
                    const std::function<Status(const std::string& line)>& write_line) {
  tbb::enumerable_thread_specific<Extraction> extractions([&] { return Extraction(extractor, options.resolve); });
  const auto work = [&](Parcel& parcel) {
    const std::string id = parcel.record->id;
    with_document(parcel, extractor, options.text, [&](const Document& document) {
      append_annotations(extractor, document, id, extractions.local().annotate(document), annotations, parcel.lines);
    });
  };
  return run_lines(write_line, paths, options, hooks_of(extractor, options, work));
}

}  // namespace factmill
