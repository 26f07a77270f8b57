import Cryptography
import HTTP
import MLLP
import Synchronization

/// Stands at every door: lets in who may come, and tells of those who may not, without telling too much.
final class Doorkeeper: Sendable {
  /// Lets everybody in.
  static let open = Doorkeeper(.open)

  let access: Access
  private let throttle = Mutex(FailureThrottle())
  private let tell: @Sendable (AccessFailure) -> Void
  private let now: @Sendable () -> Int64

  /// - Parameters:
  ///   - now: the time in milliseconds.
  ///   - tell: told of failures, on a server's thread.
  init(
    _ access: Access, now: @escaping @Sendable () -> Int64 = Timestamp.now,
    tell: @escaping @Sendable (AccessFailure) -> Void = { _ in }
  ) {
    (self.access, self.now, self.tell) = (access, now, tell)
  }

  // MARK: HTTP

  /// Asked when a request's header is there; an answer turns it away.
  func refusal(of request: HTTPRequest) -> HTTPResponse? {
    if request.path.hasPrefix("/rivta/") { return rivtaRefusal(of: request) }
    guard let needed = RequestRight.needed(for: request.method, request.path) else { return nil }
    do throws(AccessRefusal) {
      let caller = try access.caller(showing: evidence(of: request))
      guard !caller.may(needed.right, on: needed.mapping) else { return nil }
      note(.notAllowed(needed.right), of: caller, request.peer.address, "HTTP")
      return .refused(.notAllowed(needed.right))
    } catch {
      let pause = note(error, of: .stranger, request.peer.address, "HTTP")
      return pause.map(HTTPResponse.tooManyFailures) ?? .refused(error)
    }
  }

  /// What a system may ask over RIV-TA is decided by the contract; strangers are told so before they are
  /// read.
  private func rivtaRefusal(of request: HTTPRequest) -> HTTPResponse? {
    guard let fault = fault(of: request) else { return nil }
    var refusal = AccessRefusal.certificateDemanded
    do throws(AccessRefusal) {
      _ = try access.caller(showing: evidence(of: request))
    } catch {
      refusal = error
    }
    let pause = note(refusal, of: .stranger, request.peer.address, "RIV-TA")
    return pause.map(HTTPResponse.tooManyFailures) ?? .soap(fault, RIVTATrip(request))
  }

  /// Who sent a request; a stranger for one that would be turned away.
  func caller(of request: HTTPRequest) -> Caller {
    (try? access.caller(showing: evidence(of: request))) ?? .stranger
  }

  // MARK: MLLP

  /// Asked about each connection.
  func admits(_ peer: MLLPPeer, at door: String) -> Bool {
    do throws(AccessRefusal) {
      let caller = try access.caller(showing: evidence(of: peer))
      guard !caller.may(.push) else { return true }
      note(.notAllowed(.push), of: caller, peer.address, door)
    } catch {
      note(error, of: .stranger, peer.address, door)
    }
    return false
  }

  /// Who sent a message; a stranger when the connection would be turned away.
  func caller(of peer: MLLPPeer) -> Caller {
    (try? access.caller(showing: evidence(of: peer))) ?? .stranger
  }

  /// Whether the operator should know of a closed connection: not when they do already, nor of each in a
  /// flood.
  func isWorthTelling(_ fault: MLLPFault, of peer: MLLPPeer) -> Bool {
    fault != .notAdmitted && throttle.withLock { $0.note(peer.address, at: now()) }.report != nil
  }

  /// Milliseconds that they should stay away; nil for none.
  @discardableResult
  private func note(_ refusal: AccessRefusal, of caller: Caller, _ address: String, _ door: String) -> Int64?
  {
    let judgement = throttle.withLock { $0.note(address, at: now()) }
    if let untold = judgement.report {
      tell(
        AccessFailure(address: address, door: door, system: caller.name, refusal: refusal, untold: untold))
    }
    return judgement.pause
  }

  // MARK: what they show

  /// The source address counts for nothing: many may be behind one.
  private func evidence(of request: HTTPRequest) -> Evidence {
    Evidence(token: request.bearerToken, identity: identity(request.peer.identity))
  }

  private func evidence(of peer: MLLPPeer) -> Evidence {
    Evidence(identity: identity(peer.identity), address: peer.address)
  }

  /// A connection may outlive its certificate.
  private func identity(_ shown: PeerIdentity) -> PeerIdentity {
    guard case .verified(let certificate) = shown, certificate.expires * 1000 <= now() else { return shown }
    return .refused(.expired)
  }
}

extension HTTPRequest {
  /// Nil without `Authorization`; empty when it stands there twice or is of another scheme (RFC 6750, section
  /// 2.1).
  fileprivate var bearerToken: String? {
    let fields = headers.filter { $0.name.lowercased() == "authorization" }
    guard let field = fields.first else { return nil }
    let parts = field.value.split(separator: " ", maxSplits: 1)
    guard fields.count == 1, parts.count == 2, parts[0].lowercased() == "bearer" else { return "" }
    return String(parts[1].trimmingPrefix { $0 == " " })
  }
}
