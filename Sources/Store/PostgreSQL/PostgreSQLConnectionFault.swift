import CPQ

/// Why a connection string can't be used, whatever the server says.
public enum PostgreSQLConnectionFault: Sendable, Equatable {
  /// It is neither keywords and values nor a URI, or names an unknown keyword.
  case malformed
  /// It holds a password, which is to lie elsewhere.
  case holdsPassword

  /// Looks at a connection string without connecting; nil when it is well.
  public init?(of connection: String) {
    var complaint: UnsafeMutablePointer<CChar>?
    defer { PQfreemem(complaint) }
    guard let options = PQconninfoParse(connection, &complaint) else {
      self = .malformed
      return
    }
    defer { PQconninfoFree(options) }
    var option = options
    while let keyword = option.pointee.keyword {
      if String(cString: keyword) == "password", option.pointee.val != nil {
        self = .holdsPassword
        return
      }
      option += 1
    }
    return nil
  }
}
