import Dispatch
import HTTP
import Store

/// `POST /replay`: translates a page of stored messages again, oldest first, and delivers what that changes;
/// only counts unless the query says `dry-run=false`.
struct ReplayEndpoint: Sendable {
  let translation: MessageTranslation
  let store: any MessageStore & DeliveryStore
  let outbox: Outbox
  let logging: AccessLogging
  private static let mostTries = 8
  /// One replay at a time; requests don't wait for it.
  private let queue = DispatchQueue(label: "sluss-replay")

  init(
    _ translation: MessageTranslation, _ store: any MessageStore & DeliveryStore, _ outbox: Outbox,
    _ logging: AccessLogging
  ) {
    self.logging = logging
    self.translation = translation
    self.store = store
    self.outbox = outbox
  }

  func answer(_ request: HTTPRequest, from caller: Caller, _ reply: HTTPReply) {
    do throws(QueryError) {
      let wish = try ReplayWish(request)
      // What only counts shows and changes nothing.
      guard !wish.isDryRun else { return answer(wish, caller, reply) }
      logging.replay(wish.words, by: caller, reply) { answer(wish, caller, reply) }
    } catch {
      reply.send(.problem(400, error.text))
    }
  }

  private func answer(_ wish: ReplayWish, _ caller: Caller, _ reply: HTTPReply) {
    queue.async {
      do throws(StoreError) {
        reply.send(try answer(wish, caller))
      } catch {
        reply.send(.problem(500, "the store failed; nothing of this page is half-done, replay it again"))
      }
    }
  }

  private func answer(_ wish: ReplayWish, _ caller: Caller) throws(StoreError) -> HTTPResponse {
    let page = try store.messages(matching: wish.query, .oldestFirst, after: wish.cursor, limit: wish.limit)
    let replay = Replay(wish: wish, translation: translation, store: store)
    var count = ReplayCount()
    for message in page.messages where caller.may(.rerun, on: message.mapping) {
      count = count + (try take(message.id, replay, caller))
    }
    var object = count.json
    object.add("dryRun", json: wish.isDryRun ? "true" : nil)
    object.add("next", page.next.map(String.init))
    return .json(200, object.text)
  }

  /// Each message by itself, so that the next knows what it has changed; anew when somebody else was faster.
  private func take(_ id: String, _ replay: Replay, _ caller: Caller) throws(StoreError) -> ReplayCount {
    for _ in 0..<Self.mostTries {
      let plan = try replay.plan(id)
      do throws(StoreError) {
        if !replay.wish.isDryRun { try carryOut(plan, by: caller) }
        return plan.count
      } catch .stale {
        continue
      } catch .staleAuditKey {
        translation.renewKeys()
      }
    }
    throw .stale
  }

  /// What is changed is stored with entries about it: one of the message, one of each delivery that is changed.
  private func carryOut(_ plan: Replay.Plan, by caller: Caller) throws(StoreError) {
    if var record = plan.record {
      record.audit += try entries(plan, nil, by: caller)
      _ = try settled { [record] in store.record([record], completion: $0) }
    }
    for edit in plan.edits {
      let body = DeliveryIntervention.replaceBody(contentType: edit.new.contentType, bytes: edit.new.body)
      let changes = edit.delivery.state == .dead ? [body, .retry] : [body]
      let entries = try entries(plan, edit.new, by: caller)
      // One that is being sent right now stays as it is; the next replay finds it again.
      _ = try settled {
        store.intervene(
          changes, on: edit.delivery.number, time: Timestamp.now(), audit: entries, completion: $0)
      }
    }
    outbox.wake((plan.record?.deliveries.map(\.target) ?? []) + plan.edits.map(\.new.target))
  }

  private func entries(
    _ plan: Replay.Plan, _ delivery: NewDelivery?, by caller: Caller
  ) throws(StoreError) -> [NewAuditEntry] {
    guard let message = plan.message else { return [] }
    do {
      return try logging.replayed(message, delivery: delivery, patient: plan.patient, by: caller)
    } catch { throw .failed(doing: "making the entry of a replay", code: 0) }
  }
}
