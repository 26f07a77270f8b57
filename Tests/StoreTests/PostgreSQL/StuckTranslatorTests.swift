import Foundation
import Store
import TestRig
import Testing

@Suite(
  "A gateway that translates for all and hangs, though it lives",
  .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct StuckTranslatorTests {
  let place = TemporaryPlace()

  private func open(within milliseconds: Int64?) throws -> PostgreSQLMessageStore {
    try place.openPostgreSQL(change: { $0.progressWithin = milliseconds })
  }

  @Test("is replaced while messages wait, and what it records then is stale")
  func replaced() async throws {
    let (hanging, other) = (try open(within: nil), try open(within: 50))
    #expect(try hanging.leadsTranslation())
    for name in ["a", "b"] { _ = await hanging.accept(message(name)) }
    while try !other.leadsTranslation() { try await Task.sleep(for: .milliseconds(20)) }
    #expect(other.takeovers == 1)
    #expect(await hanging.recordFirst("a") == .stale)
    #expect(try !hanging.leadsTranslation())
    #expect(await other.recordFirst(["a", "b"]) == nil)
    #expect(try other.untranslated(limit: 9).isEmpty)
  }

  @Test("is left alone while nothing waits, and while it gets on, however slowly")
  func alone() async throws {
    let (leader, other) = (try open(within: nil), try open(within: 0))
    #expect(try leader.leadsTranslation())
    for _ in 0..<3 {
      try await Task.sleep(for: .milliseconds(5))
      #expect(try !other.leadsTranslation())
    }
    for name in ["a", "b", "c"] { _ = await leader.accept(message(name)) }
    for name in ["a", "b", "c"] {
      #expect(try !other.leadsTranslation())
      #expect(await leader.recordFirst(name) == nil)
    }
    #expect(try !other.leadsTranslation() && other.takeovers == 0)
  }

  @Test("is replaced by one of those who see it, not by each")
  func once() async throws {
    let (hanging, one, other) = (try open(within: nil), try open(within: 0), try open(within: 0))
    #expect(try hanging.leadsTranslation())
    _ = await hanging.accept(message("a"))
    #expect(try !one.leadsTranslation() && !other.leadsTranslation())
    try await Task.sleep(for: .milliseconds(5))
    #expect(try one.leadsTranslation())
    // It saw another one hang.
    #expect(try !other.leadsTranslation() && one.leadsTranslation())
    #expect(one.takeovers == 1 && other.takeovers == 0)
  }
}
