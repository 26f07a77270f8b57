import Cryptography
import Delivery
import Foundation
import HTTP
import MLLP

extension TargetConfiguration {
  /// The way to this target.
  /// - Throws: `HTTPClientError`, when there can be none.
  func sink() throws(HTTPClientError) -> any Sink {
    switch way {
    case .directory(let folder): FolderSink(folder: folder)
    case .mllp(let host, let port, let tls): try Self.sink(host, port, tls)
    case .http(let target): try target.sink(atOnce: atOnce)
    }
  }

  private static func sink(_ host: String, _ port: UInt16, _ tls: TLSFiles?) throws(HTTPClientError)
    -> any Sink
  {
    do throws(TLSFault) {
      let credentials = try tls.map { files throws(TLSFault) in try RenewableCredentials(files) }
      return MLLPSink { MLLPSender(host: host, port: port, tls: credentials) }
    } catch {
      throw .unsent(.unreadableCertificate, reason: "\(host): \(error)")
    }
  }
}

extension HTTPTarget {
  fileprivate func sink(atOnce: Int) throws(HTTPClientError) -> any Sink {
    var configuration = HTTPClientConfiguration()
    configuration.maximumConnections = atOnce
    configuration.maximumConnectionsPerHost = atOnce
    let client = try HTTPClient(configuration: configuration)
    let template = request
    return HTTPSink(
      client: client,
      prepare: { outgoing in
        var request = template
        if let token {
          guard let value = token.value() else { return nil }
          request.headers.append((name: "Authorization", value: "Bearer \(value)"))
        }
        request.headers.append(
          (name: "Content-Type", value: soap == nil ? outgoing.contentType : SOAPEnvelope.type))
        request.body =
          soap.map { SOAPEnvelope.around(outgoing.body, for: $0.logicalAddress) } ?? outgoing.body
        return request
      },
      fault: { [isSOAP = soap != nil] answer in isSOAP ? SOAPFault.outcome(of: answer) : nil })
  }

  /// What is the same for all deliveries.
  var request: HTTPClientRequest {
    var request = HTTPClientRequest(
      method: method, url: url, headers: headers.map { (name: $0.name, value: $0.value) })
    if let soap { request.headers.append((name: "SOAPAction", value: "\"\(soap.action)\"")) }
    request.policy = HTTPClientPolicy(
      schemes: network == .public ? [.https] : [.https, .http], networks: [network.clientNetwork])
    if let certificate, let key {
      request.identity = HTTPClientIdentity(certificateFile: certificate, keyFile: key)
    }
    if let trust { request.trust = .authorities(file: trust) }
    return request
  }
}

extension HTTPTarget.Network {
  var clientNetwork: HTTPClientPolicy.Network {
    switch self {
    case .public: .public
    case .private: .private
    case .loopback: .loopback
    }
  }
}

extension Secret {
  /// The secret as it is now; `nil` when it is not there. Files may be exchanged at any time.
  func value() -> String? {
    switch self {
    case .environment(let name): ProcessInfo.processInfo.environment[name]
    case .file(let path):
      FileManager.default.contents(atPath: path).flatMap { String(data: $0, encoding: .utf8) }?
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }
}
