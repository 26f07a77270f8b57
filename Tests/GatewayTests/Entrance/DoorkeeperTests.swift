import Cryptography
import Synchronization
import Testing

@testable import Gateway
@testable import MLLP

/// What time does to those who have been let in, and to those who have not.
struct DoorkeeperTests {
  private final class Clock: Sendable {
    let milliseconds = Mutex<Int64>(0)
    let told = Mutex<[AccessFailure]>([])
  }

  private let clock = Clock()

  private func doorkeeper() -> Doorkeeper {
    var system = SystemAccount("journal")
    system.hsaIDs = ["SE1"]
    system.grants = Grants([.push: [.all]])
    return Doorkeeper(
      Access([system]), now: { [clock] in clock.milliseconds.withLock { $0 } },
      tell: { [clock] failure in clock.told.withLock { $0.append(failure) } })
  }

  private func peer(_ id: String, expires: Int64) -> MLLPPeer {
    var peer = MLLPPeer(address: "10.0.0.1", port: 1)
    peer.identity = .verified(
      PeerCertificate(hsaID: id, fingerprint: SHA256.digest(of: []), expires: expires))
    return peer
  }

  @Test("Who came with a good certificate is a stranger once it has ended, on the same connection")
  func ending() {
    let doorkeeper = doorkeeper()
    let peer = peer("SE1", expires: 1000)
    clock.milliseconds.withLock { $0 = 999_999 }
    #expect(doorkeeper.admits(peer, at: "main") && doorkeeper.caller(of: peer).name == "journal")
    clock.milliseconds.withLock { $0 = 1_000_000 }
    #expect(doorkeeper.caller(of: peer) == .stranger)
    #expect(!doorkeeper.admits(peer, at: "main"))
    #expect(clock.told.withLock { $0.map(\.refusal) } == [.wrongCertificate(.expired)])
  }

  @Test("A flood of connections that are closed is told a few times a minute")
  func flood() {
    let doorkeeper = doorkeeper()
    let peer = peer("SE2", expires: 1000)
    let worth = (0..<50).count { _ in doorkeeper.isWorthTelling(.cutShort, of: peer) }
    #expect(worth == FailureThrottle.mostTold)
    #expect((0..<50).allSatisfy { _ in !doorkeeper.admits(peer, at: "main") })
    #expect(clock.told.withLock { $0.isEmpty }, "they count together")
    clock.milliseconds.withLock { $0 = FailureThrottle.window }
    #expect(!doorkeeper.admits(peer, at: "main"))
    #expect(
      clock.told.withLock { $0 } == [
        AccessFailure(
          address: "10.0.0.1", door: "main", system: nil, refusal: .unknownCertificate,
          untold: 100 - FailureThrottle.mostTold)
      ])
    #expect(!doorkeeper.isWorthTelling(.notAdmitted, of: peer), "the refusal itself has been told")
  }

  @Test(
    "Each request needs a right, but for the question whether the gateway is there",
    arguments: [
      ("GET", "/health", nil), ("POST", "/in/a/b", RequestRight(right: .push, mapping: "a/b")),
      ("POST", "/in/", RequestRight(right: .push, mapping: "")),
      ("GET", "/metrics", RequestRight(right: .metrics)),
      ("GET", "/messages", RequestRight(right: .see)), ("GET", "/messages/1", RequestRight(right: .see)),
      ("GET", "/messages/1/raw", RequestRight(right: .seeBodies)),
      ("HEAD", "/messages/1/as/a/b", RequestRight(right: .seeBodies)),
      ("POST", "/messages/1/retry", RequestRight(right: .rerun)),
      ("DELETE", "/messages/1", RequestRight(right: .rerun)),
      ("GET", "/", RequestRight(right: .admin)), ("GET", "/healthy", RequestRight(right: .admin)),
      ("GET", "/messages-of-others", RequestRight(right: .admin)),
      ("OPTIONS", "*", RequestRight(right: .admin)),
    ] as [(String, String, RequestRight?)])
  func rights(_ method: String, _ path: String, _ needed: RequestRight?) {
    #expect(RequestRight.needed(for: method, path) == needed)
  }
}
