import Billing
import Foundation

// Closing, and the files of batches.
extension BillingRun {
  func close() throws -> Int32 {
    let place = try place()
    let kinds = try kinds()
    let reply = try place.close(try wish(.close)) { batch, claim in
      if arguments["--output"] != nil { _ = try write(kinds, of: batch, from: place, claim: claim) }
    }
    if arguments.has("--send"), !reply.closed.isEmpty {
      _ = try show(try place.answer(to: BillingWish(.send, words: reply.closed.map(String.init))))
    }
    return try show(reply)
  }

  func export() throws -> Int32 {
    let place = try place()
    let kinds = try kinds()
    let words = arguments.words.dropFirst()
    guard !words.isEmpty else { throw UsageError(message: "a batch's number is needed.") }
    for word in words {
      guard let batch = Int64(word) else { throw UsageError(message: "there is no batch `\(word)`.") }
      for path in try write(kinds, of: batch, from: place, claim: nil) { print(path) }
    }
    return 0
  }

  private func write(
    _ kinds: [BatchExports.Kind], of batch: Int64, from place: any BillingPlace, claim: [UInt8]?
  ) throws -> [String] {
    let folder = try arguments.required("--output")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try kinds.map { kind in
      let path = "\(folder)/\(batch)\(kind.suffix)"
      let bytes = try place.file(kind, of: batch, claim: claim)
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
      return path
    }
  }

  private func kinds() throws -> [BatchExports.Kind] {
    guard let only = arguments["--only"] else { return BatchExports.Kind.allCases }
    guard let kind = BatchExports.Kind(rawValue: only) else {
      let kinds = BatchExports.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(message: "`--only` takes one of \(kinds).")
    }
    return [kind]
  }
}
