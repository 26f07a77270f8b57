public import Store

/// Where a gateway keeps what it has.
public enum StoreChoice: Sendable, Equatable {
  /// In one file in the data folder.
  case sqlite
  /// In a database that several gateways may share.
  case postgresql(PostgreSQLChoice)

  var warnings: [String] {
    guard case .postgresql(let choice) = self, let password = choice.password, password.value() == nil else {
      return []
    }
    return ["store: its password can't be read"]
  }
}

/// A PostgreSQL database.
public struct PostgreSQLChoice: Sendable, Equatable {
  /// As libpq reads it, without a password.
  public let connection: String
  /// Where the password lies; nil when none is needed, or libpq finds it by itself.
  public let password: Secret?
  /// How long this gateway may show no sign of life until others take over what it was at.
  public let lease: Duration
  /// How long the gateway that translates may get no further until another one does; nil for three times the lease.
  public let progressWithin: Duration?

  /// Where to connect.
  /// - Throws: ``StoreError/cannotOpen(path:reason:)`` when the password can't be read.
  public func configuration() throws(StoreError) -> PostgreSQLConfiguration {
    var configuration = PostgreSQLConfiguration(connection: connection)
    if let password {
      guard let value = password.value() else {
        throw .cannotOpen(path: "the PostgreSQL store", reason: "its password can't be read")
      }
      configuration.password = value
    }
    configuration.lease = Int64(lease / .milliseconds(1))
    configuration.progressWithin = progressWithin.map { Int64($0 / .milliseconds(1)) }
    return configuration
  }
}
