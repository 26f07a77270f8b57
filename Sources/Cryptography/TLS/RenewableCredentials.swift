import Synchronization

/// Certificates that can be read anew while connections are made: each handshake takes those that are there
/// when it begins, and keeps them to the end of its connection.
public final class RenewableCredentials: Sendable {
  /// The files that they come from.
  public let files: TLSFiles
  private let state: Mutex<TLSCredentials>

  /// Reads the files for the first time.
  public init(_ files: TLSFiles) throws(TLSFault) {
    self.files = files
    state = Mutex(try TLSCredentials(files))
  }

  /// Those that the next handshake takes.
  public var current: TLSCredentials { state.withLock { $0 } }

  /// Reads the files again; when they cannot be used, those before stay.
  public func renew() throws(TLSFault) {
    let credentials = try TLSCredentials(files)
    state.withLock { $0 = credentials }
  }
}
