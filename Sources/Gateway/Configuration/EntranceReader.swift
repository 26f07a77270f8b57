import Cryptography
import Diagnostics
import MLLP
import Mapping
import YAML

/// Reads who may come, and over what: `tls`, `systems` and `mllp` of a `sluss.yaml`, and refuses what would
/// let in more than it seems.
struct EntranceReader {
  var diagnostics: [Diagnostic] = []

  /// - Parameter keys: the file's keys; `address` has been read.
  mutating func read(_ keys: inout KeyReader, into configuration: inout GatewayConfiguration) {
    let demandsCertificate = readTLS(keys["tls"], into: &configuration)
    let isOpen = readSystems(&keys, demandsCertificate, into: &configuration)
    for entry in keys.entries("mllp") {
      if let entrance = attempt({ reader throws(Diagnostic) in try reader.entrance(entry, configuration) }) {
        configuration.mllp.append(entrance)
      }
    }
    let isLoopback = Network(configuration.address)?.isLoopback == true
    guard !isLoopback, configuration.tls == nil || isOpen else { return }
    expect(
      "the address to listen on",
      isOpen
        ? "a loopback address, since `systems` lets anybody in"
        : "a loopback address such as 127.0.0.1, or a section `tls` in this file",
      at: keys["address"]?.place ?? keys.place)
  }

  // MARK: TLS

  /// Whether client certificates are demanded.
  private mutating func readTLS(_ node: YAMLNode?, into configuration: inout GatewayConfiguration) -> Bool {
    guard let node, !node.isEmpty else { return false }
    return attempt { reader throws(Diagnostic) in
      var keys = try KeyReader(node, EntranceKeys.tls)
      configuration.tls = TLSFiles(
        certificate: keys.text("certificate"), key: keys.text("key"),
        authorities: keys.text("client-authorities"), revoked: keys.text("revoked"))
      let isDemanded = reader.choice(keys["client-certificates"], ["welcome", "demanded"]) == "demanded"
      if isDemanded || keys["revoked"] != nil, keys["client-authorities"] == nil {
        reader.expect("`tls`", "`client-authorities`, whose certificates these are", at: node.place)
      }
      reader.diagnostics += keys.diagnostics
      return isDemanded
    } ?? false
  }

  // MARK: MLLP

  private mutating func entrance(
    _ entry: YAMLNode.Entry, _ configuration: GatewayConfiguration
  ) throws(Diagnostic) -> MLLPEntrance {
    var keys = try KeyReader(entry.value, EntranceKeys.mllp)
    defer { diagnostics += keys.diagnostics }
    var entrance = MLLPEntrance(entry.name)
    entrance.address = keys.text("address") ?? entrance.address
    entrance.port = port(keys["port"])
    entrance.mapping = keys.text("mapping")
    for line in keys.entries("messages") { entrance.messages[line.name] = line.value.text ?? "" }
    let modes = AcknowledgementMode.allCases.map(\.rawValue)
    entrance.acknowledgements =
      choice(keys["acknowledgements"], modes).flatMap(AcknowledgementMode.init) ?? .asWished
    entrance.isPlain = boolean(keys["plain"])
    if entrance.mapping == nil, entrance.messages.isEmpty {
      expect("an MLLP entrance", "`mapping` or `messages`", at: entry.key.place)
    }
    checkAddress(of: entrance, configuration, at: keys["address"]?.place ?? entry.key.place)
    return entrance
  }

  private mutating func checkAddress(
    of entrance: MLLPEntrance, _ configuration: GatewayConfiguration, at place: Place
  ) {
    guard let fault = entrance.exposure(hasTLS: configuration.tls != nil, isOpen: configuration.access.isOpen)
    else {
      return
    }
    expect("the address of an MLLP entrance", fault, at: place)
  }
}
