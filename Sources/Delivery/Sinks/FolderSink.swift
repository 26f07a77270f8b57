import Dispatch

/// Puts each delivery as a file into a folder, named after its key, so that a repeated one changes nothing.
public final class FolderSink: Sink {
  private let directory: DirectorySink
  private let queue: DispatchQueue

  /// A sink for the folder at this path, which must exist when something is sent.
  public init(folder: String) {
    directory = DirectorySink(directory: folder)
    queue = DispatchQueue(label: "sluss-folder", attributes: .concurrent)
  }

  /// Writes the file and waits for the disk.
  public func send(_ outgoing: Outgoing, completion: @escaping @Sendable (SinkOutcome) -> Void) {
    queue.async { [directory] in
      do throws(DirectorySinkError) {
        try directory.write(outgoing.body, named: Self.name(of: outgoing))
        completion(.delivered)
      } catch {
        completion(Self.outcome(of: error))
      }
    }
  }

  /// Nothing is open between deliveries.
  public func close() {}

  private static func outcome(of error: DirectorySinkError) -> SinkOutcome {
    switch error {
    case .malformedName, .differentContent: .refused(problem: error.description)
    case .missingDirectory, .notPermitted, .full, .failed: .unanswered(problem: error.description)
    }
  }

  private static func name(of outgoing: Outgoing) -> String {
    "\(outgoing.key).\(fileExtension(of: outgoing.contentType))"
  }

  /// By the media type's last word: `application/fhir+json` gives `json`, `text/csv; charset=utf-8` gives `csv`.
  private static func fileExtension(of contentType: String) -> String {
    let type = contentType.prefix { $0 != ";" }
    let word = type.split { $0 == "/" || $0 == "+" || $0 == " " }.last ?? "txt"
    return word == "hl7-v2" ? "hl7" : String(word)
  }
}
