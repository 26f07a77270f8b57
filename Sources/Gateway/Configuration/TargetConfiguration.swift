public import Cryptography

/// A system that deliveries go to.
public struct TargetConfiguration: Sendable, Equatable {
  /// How it is reached.
  public enum Way: Sendable, Equatable {
    /// Over HTTP.
    case http(HTTPTarget)
    /// HL7 v2 over MLLP; over TLS with the authorities of its certificate, else plain.
    case mllp(host: String, port: UInt16, tls: TLSFiles? = nil)
    /// A file for each delivery, in this folder.
    case directory(String)
  }

  /// How it is reached.
  public let way: Way
  /// How many deliveries may be under way at once.
  public let atOnce: Int

  /// A target.
  public init(_ way: Way, atOnce: Int = 4) {
    self.way = way
    self.atOnce = atOnce
  }
}

/// A system that takes documents over HTTP.
public struct HTTPTarget: Sendable, Equatable {
  /// Where documents are sent: `https`, or `http` where the network is trusted.
  public var url: String
  /// `POST` or `PUT`.
  public var method = "POST"
  /// Where the system is, whatever its name says.
  public var network = Network.public
  /// Further headers, in the order of the file.
  public var headers: [Header] = []
  /// The bearer token's place.
  public var token: Secret?
  /// Files in PEM: the client's certificate, its key, and the authorities that are trusted.
  public var certificate, key, trust: String?

  /// The envelope that documents go in; `nil` for none.
  public var soap: SOAP?

  /// A kind of networks.
  public enum Network: String, Sendable {
    /// The internet; over TLS only.
    case `public`
    /// One's own network (RFC 1918, RFC 4193, RFC 6598).
    case `private`
    /// This machine.
    case loopback
  }

  /// What a SOAP 1.1 service of RIV-TA's wants to know beside the document.
  public struct SOAP: Sendable, Equatable {
    /// The `SOAPAction`.
    public let action: String
    /// The logical address.
    public let logicalAddress: String

    /// A service's wants.
    public init(action: String, logicalAddress: String) {
      self.action = action
      self.logicalAddress = logicalAddress
    }
  }

  /// One header.
  public struct Header: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: String

    /// A header.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A target at a URL.
  public init(url: String) { self.url = url }
}

/// Where a secret lies; it never stands in a configuration itself.
public enum Secret: Sendable, Equatable {
  /// In an environment variable.
  case environment(String)
  /// In a file; white space around it does not count.
  case file(String)

  /// Reads `env NAME` or `file PATH`; `nil` for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1).map { $0.trimmingPrefix { $0 == " " } }
    switch (parts.first, parts.count) {
    case ("env", 2): self = .environment(String(parts[1]))
    case ("file", 2): self = .file(String(parts[1]))
    default: return nil
    }
  }
}
