import Diagnostics
import Mapping
import Store

/// Takes messages in, whichever way they come: checks one, commits it, and only then says so.
struct Intake: Sendable {
  /// What became of a message.
  enum Outcome {
    /// It is committed, under this id.
    case accepted(String)
    /// The same was committed before, under this id.
    case repeated(String)
    /// The sender used its id before for another message, of this id here.
    case conflict(String)
    /// It cannot be used; it is kept under this id, if it could be.
    case refused([Diagnostic], id: String?)
    /// Too much waits to be stored; the sender may try again soon.
    case overloaded
    /// The store failed.
    case notStored
  }

  let current: CurrentMappings
  let store: any MessageStore
  let figures: Figures
  /// Milliseconds since 1970, UTC.
  var now: @Sendable () -> Int64 = Timestamp.now

  /// Takes one message in.
  /// - Parameters:
  ///   - body: the message.
  ///   - entry: its mapping, as it is served now.
  ///   - served: all mappings of that moment.
  ///   - key: gives the sender's own id of the message, from the one that the mapping finds in it, if any.
  ///   - completion: called once, perhaps on a thread of the store.
  func take(
    _ body: [UInt8], _ entry: ServedMappings.Entry, of served: ServedMappings, key: (String?) -> String?,
    completion: @escaping @Sendable (Outcome) -> Void
  ) {
    let received = now()
    let id = Timestamp.identifier(milliseconds: received)
    let message = { key in
      NewMessage(
        id: id, mapping: entry.mapping.name, senderKey: key, received: received,
        contentType: entry.mapping.mediaType, body: body)
    }
    do throws(DiagnosticError) {
      let found = try check(body, entry.mapping, served.translators)
      accept(message(key(found)), completion)
    } catch {
      keep(message(nil), refusedFor: error.diagnostics, by: entry.version, completion)
    }
  }

  private func check(
    _ body: [UInt8], _ mapping: Mapping, _ translators: TranslatorPool
  ) throws(DiagnosticError) -> String? {
    let receipt = Receipt(received: "", id: "")
    let result = translators.lend { translator -> Result<String?, DiagnosticError> in
      Result { () throws(DiagnosticError) in
        try translator.check(body, as: mapping, named: "message", receipt: receipt)
      }
    }
    return try result.get()
  }

  private func accept(_ message: NewMessage, _ completion: @escaping @Sendable (Outcome) -> Void) {
    store.accept(message) { [figures] result in
      figures.count(.received, message.mapping, result.word)
      switch result {
      case .success(.accepted(let id)): completion(.accepted(id))
      case .success(.repeated(let id)): completion(.repeated(id))
      case .success(.conflict(let id)): completion(.conflict(id))
      case .failure(.overloaded): completion(.overloaded)
      case .failure: completion(.notStored)
      }
    }
  }

  /// A refused message is kept whole, so that it can be looked at.
  private func keep(
    _ message: NewMessage, refusedFor diagnostics: [Diagnostic], by version: String,
    _ completion: @escaping @Sendable (Outcome) -> Void
  ) {
    let json = Array(JSONRenderer().render(diagnostics).utf8)
    let record = TranslationRecord(
      id: message.id, state: .rejected, diagnostics: json, mappingVersion: version)
    store.accept(message, as: record) { [figures] result in
      guard case .success(.accepted(let id)) = result else {
        return completion(.refused(diagnostics, id: nil))
      }
      figures.count(.received, message.mapping, "rejected")
      completion(.refused(diagnostics, id: id))
    }
  }
}

extension Result<Acceptance, StoreError> {
  /// For figures.
  fileprivate var word: String {
    switch self {
    case .success(.accepted): "accepted"
    case .success(.repeated): "repeated"
    case .success(.conflict): "conflict"
    case .failure: "unstored"
    }
  }
}
