import Dispatch
import HTTP
import Store

/// `POST /replay`: translates a page of stored messages again, oldest first, and delivers what that changes;
/// only counts unless the query says `dry-run=false`.
struct ReplayEndpoint: Sendable {
  let translation: MessageTranslation
  let store: any MessageStore & DeliveryStore
  let outbox: Outbox
  /// One replay at a time; requests don't wait for it.
  private let queue = DispatchQueue(label: "sluss-replay")

  init(_ translation: MessageTranslation, _ store: any MessageStore & DeliveryStore, _ outbox: Outbox) {
    self.translation = translation
    self.store = store
    self.outbox = outbox
  }

  func answer(_ request: HTTPRequest, from caller: Caller, _ reply: HTTPReply) {
    do throws(QueryError) {
      let wish = try ReplayWish(request)
      queue.async {
        do throws(StoreError) {
          reply.send(try answer(wish, caller))
        } catch {
          reply.send(.problem(500, "the store failed; nothing of this page is half-done, replay it again"))
        }
      }
    } catch {
      reply.send(.problem(400, error.text))
    }
  }

  private func answer(_ wish: ReplayWish, _ caller: Caller) throws(StoreError) -> HTTPResponse {
    let page = try store.messages(matching: wish.query, .oldestFirst, after: wish.cursor, limit: wish.limit)
    let replay = Replay(wish: wish, translation: translation, store: store)
    var count = ReplayCount()
    var plans: [Replay.Plan] = []
    for message in page.messages where caller.may(.rerun, on: message.mapping) {
      let plan = try replay.plan(message.id)
      count = count + plan.count
      plans.append(plan)
    }
    if !wish.isDryRun { try carryOut(plans) }
    var object = count.json
    object.add("dryRun", json: wish.isDryRun ? "true" : nil)
    object.add("next", page.next.map(String.init))
    return .json(200, object.text)
  }

  private func carryOut(_ plans: [Replay.Plan]) throws(StoreError) {
    let records = plans.compactMap(\.record)
    if !records.isEmpty { try settled { store.record(records, completion: $0) } }
    for edit in plans.flatMap(\.edits) {
      let body = DeliveryIntervention.replaceBody(contentType: edit.new.contentType, bytes: edit.new.body)
      try intervene(body, on: edit.delivery)
      if edit.delivery.state == .dead { try intervene(.retry, on: edit.delivery) }
    }
    outbox.wake(Set(records.flatMap(\.deliveries).map(\.target) + plans.flatMap(\.edits).map(\.new.target)))
  }

  /// One that is being sent right now stays as it is; the next replay finds it again.
  private func intervene(_ what: DeliveryIntervention, on delivery: StoredDelivery) throws(StoreError) {
    try settled { store.intervene(what, on: delivery.number, time: Timestamp.now(), completion: $0) }
  }

  /// Waits for what the store reports.
  private func settled<Value: Sendable>(
    _ work: (@escaping @Sendable (Result<Value, StoreError>) -> Void) -> Void
  ) throws(StoreError) {
    let settled = Settled<Value>()
    work { settled.end($0) }
    _ = try settled.wait()
  }
}
