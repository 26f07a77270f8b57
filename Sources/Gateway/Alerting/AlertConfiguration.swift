/// Who is to be told of what.
public struct AlertConfiguration: Sendable, Equatable {
  /// The rules in the order of the file.
  public var rules: [AlertRule] = []
  /// The receivers by the names that rules use.
  public var receivers: [String: AlertReceiver] = [:]
  /// What this gateway is called in notices.
  public var gateway = "sluss"
  /// How often it is looked.
  public var lookEvery = Duration.seconds(15)

  /// Nobody is told of anything.
  public init() {}
}

/// Where notices go.
public enum AlertReceiver: Sendable, Equatable {
  /// A service that takes JSON over HTTP.
  case webhook(HTTPTarget)
  /// People, by e-mail.
  case mail(MailReceiver)
}

/// People who are told by e-mail.
public struct MailReceiver: Sendable, Equatable {
  /// The server's name or address.
  public var host: String
  /// Its TCP port.
  public var port: UInt16 = 587
  /// `starttls`, `tls` or `none`.
  public var encryption = "starttls"
  /// Where the server is, whatever its name says.
  public var network = HTTPTarget.Network.public
  /// The file of the authorities that are trusted; the system's without it.
  public var trust: String?
  /// The user and the place of the password.
  public var user: String?
  /// The password's place.
  public var password: Secret?
  /// The sender's address.
  public var from: String
  /// The receivers' addresses.
  public var to: [String]
}
