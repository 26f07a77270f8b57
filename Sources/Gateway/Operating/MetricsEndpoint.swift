import HTTP
import Store

/// `GET /metrics`: figures in OpenMetrics 1.0, for Prometheus and the like.
struct MetricsEndpoint: Sendable {
  let figures: Figures
  let current: CurrentMappings
  let store: any MessageStore & DeliveryStore
  let outbox: Outbox

  func answer() -> HTTPResponse {
    var text = MetricsText()
    let now = figures.now
    for family in Figures.Family.allCases { add(family, now.counters, to: &text) }
    add("sluss_translation_seconds", "How long translations take.", "mapping", now.translation, to: &text)
    add(
      "sluss_delivery_seconds", "From a delivery's making to its arrival.", "target", now.delivery, to: &text)
    do throws(StoreError) {
      try addQueues(to: &text)
    } catch {
      return .unreadableStore
    }
    text.family("sluss_alert", "gauge", "Alerts that are on.")
    for (alert, subject) in figures.alerts {
      text.sample("sluss_alert", [("alert", alert), ("subject", subject)], "1")
    }
    text.family("sluss_mappings", "info", "The mappings that are served.")
    text.sample("sluss_mappings_info", [("version", current.served.versions.all)], "1")
    return HTTPResponse(
      status: 200, headers: [(name: "Content-Type", value: MetricsText.type)], body: Array(text.text.utf8))
  }

  private func add(_ family: Figures.Family, _ counters: [Figures.Key: Int], to text: inout MetricsText) {
    text.family(family.rawValue, "counter", family.help)
    let samples = counters.filter { $0.key.family == family }.sorted {
      $0.key.labels.lexicographicallyPrecedes($1.key.labels)
    }
    for (key, count) in samples {
      let labels = zip(family.labels, key.labels).map { (name: $0, value: $1) }
      text.sample("\(family.rawValue)_total", labels, String(count))
    }
  }

  private func add(
    _ name: String, _ help: String, _ label: String, _ histograms: [String: Histogram],
    to text: inout MetricsText
  ) {
    text.family(name, "histogram", help)
    for (value, histogram) in histograms.sorted(by: { $0.key < $1.key }) {
      text.histogram(name, (label, value), histogram)
    }
  }

  /// What waits: these are looked up, so that they are right after a restart too.
  private func addQueues(to text: inout MetricsText) throws(StoreError) {
    let counts = try store.deliveryCounts()
    let now = Timestamp.now()
    let gauges: [(String, String, (DeliveryCount) -> String)] = [
      ("sluss_queue_depth", "Deliveries that wait.", { String($0.counts[.waiting] ?? 0) }),
      (
        "sluss_queue_age_seconds", "The age of the oldest delivery that waits.",
        { "\(Double(now - ($0.oldestWaiting ?? now)) / 1000)" }
      ),
      ("sluss_queue_dead", "Deliveries that were given up.", { String($0.counts[.dead] ?? 0) }),
      ("sluss_queue_held", "Patients whose deliveries wait for a person.", { String($0.heldLanes) }),
      (
        "sluss_target_up", "Whether a target that is configured answers.",
        { outbox.isDown($0.target) == false ? "1" : "0" }
      ),
    ]
    for (name, help, value) in gauges {
      text.family(name, "gauge", help)
      for count in counts { text.sample(name, [("target", count.target)], value(count)) }
    }
    text.family("sluss_messages_untranslated", "gauge", "Messages that wait for their translation.")
    text.sample("sluss_messages_untranslated", [], String(try store.counts()[.received] ?? 0))
  }
}
