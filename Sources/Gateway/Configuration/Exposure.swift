extension SystemAccount {
  /// Whether somebody could be known as both.
  func sharesKnowledge(with other: SystemAccount) -> Bool {
    tokens.contains { token in other.tokens.contains { $0.matches(token) } }
      || Self.share(hsaIDs, other.hsaIDs) || Self.share(fingerprints, other.fingerprints)
      || networks.contains { network in other.networks.contains { $0.overlaps(network) } }
  }

  private static func share(_ left: [String], _ right: [String]) -> Bool {
    !Set(left.map { $0.uppercased() }).isDisjoint(with: right.map { $0.uppercased() })
  }
}

extension MLLPEntrance {
  /// Whether it speaks TLS.
  func speaksTLS(hasTLS: Bool) -> Bool { hasTLS && !isPlain }

  /// Where it may listen, if not where it would; nil when all is well.
  func exposure(hasTLS: Bool, isOpen: Bool) -> String? {
    let network = Network(address)
    if network?.isLoopback == true { return nil }
    if isOpen { return "a loopback address, since `systems` lets anybody in" }
    if speaksTLS(hasTLS: hasTLS) { return network == nil ? "a numeric address" : nil }
    guard isPlain else {
      return "a loopback address, or a section `tls` in this file, or `plain: true` in a private network"
    }
    return network?.isPrivate == true ? nil : "one of loopback or a private network, since it is plain"
  }
}

extension GatewayConfiguration {
  /// Why the gateway must not listen where it is told to; nil when all is well. `sluss.yaml` is refused for
  /// the same reasons when it is read.
  var exposure: String? {
    let isLoopback = Network(address)?.isLoopback == true
    if !isLoopback, access.isOpen { return "\(address) is no loopback address, and anybody may come" }
    if !isLoopback, tls == nil { return "\(address) is no loopback address, and there is no TLS" }
    for entrance in mllp {
      if let form = entrance.exposure(hasTLS: tls != nil, isOpen: access.isOpen) {
        return "the MLLP entrance \(entrance.name) must listen on \(form)"
      }
    }
    return nil
  }
}
