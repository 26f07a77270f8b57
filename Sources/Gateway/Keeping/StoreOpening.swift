import Foundation
public import Store

extension GatewayConfiguration {
  /// The SQLite store, where that is chosen.
  public var databaseFile: String { dataFolder + "/sluss.sqlite" }

  /// Opens the store for a command. A SQLite file must not be open in a gateway.
  public func openStore() throws(StoreError) -> any WholeStore {
    try openStore(StoreConfiguration(), StoreSignals(), presenceFile: nil)
  }

  /// - Parameters:
  ///   - signals: told of what other gateways on the same database do.
  ///   - pseudonyms: these alone know removed bodies again and unwrap the keys of content; all gateways on a database
  ///     have them alike.
  func openStore(_ signals: StoreSignals, _ pseudonyms: Pseudonyms) throws(StoreError) -> any WholeStore {
    var writing = StoreConfiguration()
    writing.bodyKey = Array(pseudonyms.code(of: "removed bodies").utf8)
    writing.contentKey = pseudonyms.key(for: "content keys")
    let store = try openStore(writing, signals, presenceFile: dataFolder + "/gateway")
    try store.expectShared(pseudonyms)
    return store
  }

  private func openStore(
    _ writing: StoreConfiguration, _ signals: StoreSignals, presenceFile: String?
  ) throws(StoreError) -> any WholeStore {
    switch store {
    case .sqlite: return try SQLiteMessageStore(path: databaseFile, configuration: writing)
    case .postgresql(let choice):
      guard !FileManager.default.fileExists(atPath: databaseFile) else {
        let reason = "the store is PostgreSQL; `sluss migrate` moves the file's messages there"
        throw .cannotOpen(path: databaseFile, reason: reason)
      }
      var configuration = try choice.configuration()
      configuration.writing = writing
      configuration.presenceFile = presenceFile
      return try PostgreSQLMessageStore(configuration) { signals.tell($0) }
    }
  }
}

extension MessageStore {
  /// Gateways that share a database must give patients the same pseudonyms: lanes are named by them, and with
  /// other names a patient's deliveries would overtake each other.
  fileprivate func expectShared(_ pseudonyms: Pseudonyms) throws(StoreError) {
    guard let store = self as? PostgreSQLMessageStore else { return }
    try store.agree(on: "pseudonym.key", pseudonyms.code(of: "sluss"))
  }
}
