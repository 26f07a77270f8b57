import Gateway

extension Console {
  /// Tells where the gateway listens, and in which mode.
  static func welcome(_ configuration: GatewayConfiguration, port: UInt16, mllp: [String: UInt16]) {
    let scheme = configuration.tls == nil ? "http" : "https"
    let host = configuration.address.contains(":") ? "[\(configuration.address)]" : configuration.address
    complain("sluss listens on \(scheme)://\(host):\(port)")
    for entrance in configuration.mllp {
      let port = mllp[entrance.name] ?? entrance.port
      complain("sluss takes HL7 over MLLP at \(entrance.address) port \(port) (\(entrance.name))")
    }
    if configuration.access.isOpen {
      complain("sluss lets anybody do anything, on this machine only: for trying out, not for patients' data")
    }
  }
}
