import Cryptography
import Delivery
import Store

/// Where alerts get their readings from.
struct AlertSources: Sendable {
  let figures: Figures
  let store: any MessageStore & DeliveryStore
  let mappings: CurrentMappings
  let targets: [String: TargetConfiguration]
  /// When the gateway's own certificates end, in seconds since 1970, UTC.
  let certificatesExpire: @Sendable () -> Int64?

  /// The readings of a moment; when something was heard last is left to who remembers the readings before.
  func readings(at time: Int64, since began: Int64) -> AlertReadings {
    var readings = AlertReadings(time: time, began: began)
    for (key, count) in figures.now.counters { readings.add(count, key) }
    do throws(StoreError) {
      for count in try store.deliveryCounts() {
        readings.queues[count.target] = AlertReadings.Queue(
          waiting: count.counts[.waiting] ?? 0, dead: count.counts[.dead] ?? 0, oldest: count.oldestWaiting)
      }
    } catch {
      readings.isStoreReadable = false
    }
    readings.certificates = certificates
    return readings
  }

  /// When the last message of a mapping was received within the time, in milliseconds since 1970; nil for none.
  func lastHeard(_ mapping: String, within: Duration, before time: Int64) -> Int64? {
    let query = MessageQuery(mapping: mapping, received: (time - within.wholeMilliseconds)...time)
    var cursor: Int64?
    repeat {
      guard let page = try? store.messages(matching: query, .newestFirst, after: cursor, limit: 1) else {
        return nil
      }
      if let found = page.messages.first { return found.received }
      cursor = page.next
    } while cursor != nil
    return nil
  }

  /// Those that can be read; that one can't be is told elsewhere.
  private var certificates: [String: Int64] {
    var ends: [String: Int64] = [:]
    ends["gateway"] = certificatesExpire().map { $0 * 1000 }
    for (name, target) in targets {
      guard let files = target.identity else { continue }
      ends["target \(name)"] = (try? TLSCredentials(files))?.expires.map { $0 * 1000 }
    }
    return ends
  }
}

extension AlertReadings {
  fileprivate mutating func add(_ count: Int, _ key: Figures.Key) {
    let (name, result) = (key.labels.first ?? "", key.labels.last ?? "")
    switch key.family {
    case .received:
      if result == "unstored" { storeFaults += count }
      heardCounts[name, default: 0] += count
      if result == "accepted" || result == "rejected" { messages[name, default: Tally()].total += count }
      if result == "rejected" { messages[name, default: Tally()].failed += count }
    case .translated:
      if result == "failed" { messages[name, default: Tally()].failed += count }
    case .attempts:
      attempts[name, default: Tally()].total += count
      if result != "delivered" { attempts[name, default: Tally()].failed += count }
    case .storeFaults: storeFaults += count
    case .removed, .bookings, .engagements: break
    }
  }
}

extension TargetConfiguration {
  /// The client certificate that it is shown, with its key.
  fileprivate var identity: TLSFiles? {
    switch way {
    case .http(let target):
      guard let certificate = target.certificate, let key = target.key else { return nil }
      return TLSFiles(certificate: certificate, key: key)
    case .mllp(_, _, let tls):
      guard let tls, tls.certificate != nil else { return nil }
      return TLSFiles(certificate: tls.certificate, key: tls.key)
    case .directory: return nil
    }
  }
}
