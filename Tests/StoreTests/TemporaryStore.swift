import Foundation
import Store

/// A directory of its own for one test, removed afterwards.
final class TemporaryDirectory: Sendable {
  let path = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  var store: String { path + "/messages.sqlite" }
}

func message(_ id: String, key: String? = nil, mapping: String = "visits", body: String = "body")
  -> NewMessage
{
  NewMessage(
    id: id, mapping: mapping, senderKey: key, received: 1_700_000_000_123, contentType: "application/json",
    body: Array(body.utf8))
}

extension MessageStore {
  func untranslated(limit: Int) throws -> [StoredMessage] { try untranslated(after: nil, limit: limit) }

  /// Hands all in at once, so that they share commits, and waits for all results, in order.
  func acceptAll(_ messages: [NewMessage]) async -> [Result<Acceptance, StoreError>] {
    await withTaskGroup(of: (Int, Result<Acceptance, StoreError>).self) { group in
      for (index, message) in messages.enumerated() {
        group.addTask {
          (
            index,
            await withCheckedContinuation { waiter in accept(message) { waiter.resume(returning: $0) } }
          )
        }
      }
      return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  func accept(_ message: NewMessage) async -> Result<Acceptance, StoreError> {
    await withCheckedContinuation { waiter in accept(message) { waiter.resume(returning: $0) } }
  }

  func record(_ translation: TranslationRecord) async -> Result<[DeliveryReceipt], StoreError> {
    await withCheckedContinuation { waiter in record(translation) { waiter.resume(returning: $0) } }
  }
}
