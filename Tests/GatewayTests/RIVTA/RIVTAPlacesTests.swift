import Foundation
import Synchronization
import TestRig
import Testing

@testable import Gateway

/// No more requests are answered at once than there are places.
@Suite(.enabled(if: TestCertificates.isPossible, "openssl is not there"))
struct RIVTAPlacesTests {
  /// Answers when it is let.
  private final class WaitingService: RIVTAService {
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])
    private let isOpen = Mutex(false)

    var count: Int { waiting.withLock { $0.count } }

    func open() {
      isOpen.withLock { $0 = true }
      for waiter in waiting.withLock({ $0 }) { waiter.resume() }
    }

    func answer(_ call: RIVTACall) async throws(RIVTAFault) -> RIVTAAnswer {
      if !isOpen.withLock({ $0 }) {
        await withCheckedContinuation { waiter in waiting.withLock { $0.append(waiter) } }
      }
      return RIVTAAnswer(document: Array("<answered/>".utf8))
    }
  }

  private static let rules = """
    rivta:
      addresses: {SE-SYSTEM-1: source}
      at-once: 1
      consumers: {npo: {contracts: "*", addresses: "*"}}

    """

  private static let body = """
    <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><LogicalAddress \
    xmlns="urn:riv:itintegration:registry:1">SE-SYSTEM-1</LogicalAddress></s:Header><s:Body><ProcessNotification \
    xmlns="urn:riv:itintegration:engagementindex:ProcessNotificationResponder:1"/></s:Body></s:Envelope>
    """

  private func asked(_ running: RunningRIVTA) throws -> String {
    try RunningEntrance.run(
      "/usr/bin/curl",
      [
        "-sS", "-i", "--max-time", "300", "--cacert", running.certificates.path("authority.pem"), "--cert",
        running.certificates.path("client.pem"), "--key", running.certificates.path("client.key"),
        "--data-binary", Self.body, "https://localhost:\(running.entrance.port)/rivta/x",
      ])
  }

  /// Asks on threads of its own: a question that waits for one of Swift's would wait for other tests too, and be
  /// answered too late.
  private func answers(_ running: RunningRIVTA, _ service: WaitingService) throws -> [String] {
    let first = Mutex("")
    let done = DispatchGroup()
    DispatchQueue.global().async(group: done) {
      let answer = (try? asked(running)) ?? ""
      first.withLock { $0 = answer }
    }
    #expect(eventually { service.count == 1 })
    let second = try asked(running)
    service.open()
    done.wait()
    return [first.withLock { $0 }, second, try asked(running)]
  }

  @Test(
    "Who comes when all places are taken is asked to come again; a place that was given back is there again")
  func places() async throws {
    let service = WaitingService()
    let running = try RunningRIVTA(
      try await TestRecords.trial([]), rules: Self.rules, services: [EngagementNotifications.name: service])
    let answers = try await withCheckedThrowingContinuation { waiter in
      DispatchQueue.global().async { waiter.resume(with: Result { try self.answers(running, service) }) }
    }
    #expect(answers[0].contains("<answered/>"))
    #expect(
      answers[1].contains(" 503 ") && answers[1].contains("VP009") && answers[1].contains("Retry-After: 1"))
    #expect(answers[2].contains("<answered/>"))
  }
}
