import Synchronization

/// Counts what happens between the gateway and the index, and tells what somebody should know; what fails in
/// the same way again and again is told once in ten minutes.
final class EngagementReporting: Sendable {
  private static let quiet: Int64 = 600_000

  private let figures: Figures
  private let tell: @Sendable (GatewayEvent) -> Void
  private let last = Mutex<(problem: String, at: Int64)>((problem: "", at: 0))

  init(_ figures: Figures, tell: @escaping @Sendable (GatewayEvent) -> Void) {
    (self.figures, self.tell) = (figures, tell)
  }

  func note(_ event: EngagementEvent) {
    switch event {
    case .told(let posts, let deletions):
      figures.count(.engagements, "told", by: posts)
      figures.count(.engagements, "deleted", by: deletions)
    case .refused(let refusal):
      figures.count(.engagements, "refused")
      tell(
        .engagement(.refused(visit: refusal.visit, mapping: refusal.mapping, codes: refusal.codes)))
    case .reconciled(let patients, let updates):
      figures.count(.engagements, "reconciled", by: patients)
      tell(.engagement(.reconciled(patients: patients, updates: updates)))
    case .failing(let problem):
      if isNews(problem, at: Timestamp.ticks()) { tell(.engagement(.failing(problem: problem))) }
    }
  }

  private func isNews(_ problem: String, at now: Int64) -> Bool {
    last.withLock { last in
      guard problem != last.problem || now - last.at >= Self.quiet else { return false }
      last = (problem, now)
      return true
    }
  }
}
