/// A message in plain text to some people (RFC 5322).
public struct Mail: Sendable, Equatable {
  /// The sender's address alone, without a name.
  public let from: String
  /// The receivers' addresses alone.
  public let to: [String]
  /// One line.
  public let subject: String
  /// The text, lines ended by line feeds.
  public let text: String
  /// When it was written, in seconds since 1970, UTC.
  public let written: Int64
  /// Tells it from all others; letters, digits, dots and hyphens.
  public let id: String

  /// A message with these parts.
  public init(from: String, to: [String], subject: String, text: String, written: Int64, id: String) {
    self.from = from
    self.to = to
    self.subject = subject
    self.text = text
    self.written = written
    self.id = id
  }
}

/// Where mail is handed in (RFC 6409).
public struct MailServer: Sendable, Equatable {
  /// How the connection is protected.
  public enum Encryption: String, Sendable, CaseIterable {
    /// It begins plainly and must become TLS before anything is said (RFC 3207).
    case starttls
    /// TLS from the first byte (RFC 8314).
    case tls
    /// Not at all; for this machine and one's own network.
    case none
  }

  /// The name or the numeric address.
  public var host: String
  /// The TCP port.
  public var port: UInt16
  /// How the connection is protected.
  public var encryption = Encryption.starttls
  /// Whose certificates it may show.
  public var trust = HTTPClientTrust.system
  /// Where it may be.
  public var networks: Set<HTTPClientPolicy.Network> = [.public]
  /// The user and the password that it wants; neither without them.
  public var credentials: (user: String, password: String)?
  /// How long handing in may take in all.
  public var limit: Duration = .seconds(30)

  /// A server that is reached with STARTTLS.
  public init(host: String, port: UInt16 = 587) {
    self.host = host
    self.port = port
  }

  /// Whether both are reached alike.
  public static func == (left: MailServer, right: MailServer) -> Bool {
    left.host == right.host && left.port == right.port && left.encryption == right.encryption
      && left.trust == right.trust && left.networks == right.networks
      && left.credentials?.user == right.credentials?.user
      && left.credentials?.password == right.credentials?.password
  }
}

/// Why mail was not handed in, without anything of the mail itself.
public struct MailError: Error, Equatable, CustomStringConvertible {
  /// The server's last answer (RFC 5321, section 4.2); 0 when there was none.
  public let reply: Int
  /// One line for the operator.
  public let description: String
}
