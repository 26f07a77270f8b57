/// Somebody who has been recognised.
public struct Caller: Sendable, Equatable {
  /// Whoever it is, where access is open.
  public static let anybody = Caller(name: nil, grants: .all)
  /// Whoever has not been recognised.
  public static let stranger = Caller(name: nil, grants: .none)

  /// The system's name; nil where access is open.
  public let name: String?
  /// What it may do.
  public let grants: Grants

  /// Whether it may.
  /// - Parameter mapping: the mapping that it is about; nil to ask whether there is any for which it may.
  public func may(_ right: Right, on mapping: String? = nil) -> Bool { grants.allow(right, on: mapping) }

  /// The sender's key of a message: different systems may use the same ids.
  func key(_ id: String?) -> String? {
    guard let id, let name else { return id }
    return Self.key(id, of: name)
  }

  /// The key of a system's message.
  static func key(_ id: String, of system: String) -> String { "\(system)/\(id)" }
}
