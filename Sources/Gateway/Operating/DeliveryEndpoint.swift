import HTTP
import Store

/// `/deliveries`: what is sent, was sent or waits, and what people do about it.
struct DeliveryEndpoint: Sendable {
  let store: any DeliveryStore
  let remaking: DeliveryRemaking
  let pseudonyms: Pseudonyms
  let outbox: Outbox
  let logging: AccessLogging

  /// `GET /deliveries`: a page of those that are looked for and that the caller may see, newest first.
  func list(_ request: HTTPRequest, for caller: Caller) -> HTTPResponse {
    do {
      let wish = try DeliveryWish(request, pseudonyms)
      let page = try store.deliveries(matching: wish.query, after: wish.cursor, limit: wish.limit)
      var object = JSONObject()
      let visible = page.deliveries.filter { caller.may(.see, on: $0.mapping) }
      object.add("deliveries", json: visible.map(\.json).text)
      object.add("next", page.next.map { "\($0.created)-\($0.number)" })
      return .json(200, object.text)
    } catch let error as QueryError {
      return .problem(400, error.text)
    } catch {
      return .unreadableStore
    }
  }

  /// `GET /deliveries/{number}`.
  func show(_ number: Int64, for caller: Caller) -> HTTPResponse {
    found(number, .see, caller) { .json(200, $0.json.text) }
  }

  /// `GET /deliveries/{number}/body`, or an earlier edition of it: what is sent, byte for byte.
  func body(_ number: Int64, edition: String?, for caller: Caller) -> HTTPResponse {
    found(number, .seeBodies, caller) { body(of: $0, edition: edition) }
  }

  private func body(of delivery: StoredDelivery, edition: String?) -> HTTPResponse {
    do throws(StoreError) {
      let bodies = try store.bodies(ofDelivery: delivery.number)
      if bodies.isEmpty { return .problem(410, "the content was kept for long enough and removed") }
      let wanted = edition.map { text in bodies.first { String($0.edition) == text } } ?? bodies.last
      guard let body = wanted else { return .problem(404, "there is no such edition") }
      if body.isLost { return .contentLost }
      return HTTPResponse(
        status: 200, headers: [(name: "Content-Type", value: body.contentType)], body: body.bytes)
    } catch {
      return .unreadableStore
    }
  }

  /// `POST /deliveries/{number}/{what}`: retry, retry?anew=true, skip?reason=…, edit.
  func act(
    _ what: String, on number: Int64, _ request: HTTPRequest, from caller: Caller, _ reply: HTTPReply
  ) {
    do throws(StoreError) {
      guard let delivery = try store.delivery(number) else {
        return reply.send(.problem(404, "there is no delivery of this number"))
      }
      // Who writes a body must be one who may read it.
      let right: Right = what == "edit" && !caller.may(.seeBodies, on: delivery.mapping) ? .seeBodies : .rerun
      guard caller.may(right, on: delivery.mapping) else { return reply.send(.refused(.notAllowed(right))) }
      perform(DeliveryAct(what: what, delivery: delivery, caller: caller, reply: reply), request)
    } catch {
      reply.send(.unreadableStore)
    }
  }

  private func perform(_ act: DeliveryAct, _ request: HTTPRequest) {
    switch act.what {
    case "retry": retry(act, anew: request.query("anew") == "true")
    case "skip": skip(act, request)
    case "edit": edit(act, request)
    default: act.reply.send(.problem(404, "a delivery can be retried, edited or skipped"))
    }
  }

  /// One whose document could never be made has to be made now.
  private func retry(_ act: DeliveryAct, anew: Bool) {
    do throws(StoreError) {
      let isUnmade = try store.bodies(ofDelivery: act.delivery.number).last?.bytes.isEmpty != false
      guard anew || isUnmade else { return intervene([.retry], act) }
      switch try remaking.document(of: act.delivery) {
      case .none(let problem): act.reply.send(.problem(409, problem))
      case .document(let contentType, let body):
        intervene([.replaceBody(contentType: contentType, bytes: body), .retry], act)
      }
    } catch {
      act.reply.send(.unreadableStore)
    }
  }

  private func skip(_ act: DeliveryAct, _ request: HTTPRequest) {
    guard let reason = request.reason else { return act.reply.send(.unreasoned) }
    intervene([.skip(reason: reason)], act)
  }

  private func edit(_ act: DeliveryAct, _ request: HTTPRequest) {
    guard let contentType = request.header("Content-Type"), !request.body.isEmpty else {
      return act.reply.send(.problem(400, "the new document has to be in the body, its type in Content-Type"))
    }
    intervene([.replaceBody(contentType: contentType, bytes: request.body)], act)
  }

  /// The act and the entry about it are one change of the store.
  private func intervene(_ what: [DeliveryIntervention], _ act: DeliveryAct, renewing: Bool = false) {
    do {
      let entries = try logging.entries(act.what, on: act.delivery, by: act.caller, renewing: renewing)
      store.intervene(what, on: act.delivery.number, time: Timestamp.now(), audit: entries) { result in
        if case .failure(.staleAuditKey) = result, !renewing { return intervene(what, act, renewing: true) }
        answer(result, act.delivery, act.reply)
      }
    } catch {
      act.reply.send(.unlogged)
    }
  }

  private func answer(
    _ result: Result<DeliveryChange, StoreError>, _ delivery: StoredDelivery, _ reply: HTTPReply
  ) {
    switch result {
    case .success(.done):
      outbox.wake([delivery.target])
      reply.send(shown(delivery.number))
    case .success(.busy): reply.send(.problem(409, "it is being sent right now; ask again"))
    case .success(.ended(let state)): reply.send(.problem(409, "it is \(state.rawValue)"))
    case .failure(.overloaded): reply.send(.overloaded)
    case .failure: reply.send(.problem(500, "the change could not be stored"))
    }
  }

  private func found(
    _ number: Int64, _ right: Right, _ caller: Caller, _ show: (StoredDelivery) -> HTTPResponse
  ) -> HTTPResponse {
    do throws(StoreError) {
      guard let delivery = try store.delivery(number) else {
        return .problem(404, "there is no delivery of this number")
      }
      return caller.may(right, on: delivery.mapping) ? show(delivery) : .refused(.notAllowed(right))
    } catch {
      return .unreadableStore
    }
  }

  /// After a change.
  private func shown(_ number: Int64) -> HTTPResponse {
    do throws(StoreError) {
      return .json(200, try store.delivery(number)?.json.text ?? "{}")
    } catch {
      return .unreadableStore
    }
  }
}

/// What somebody wants done to a delivery.
private struct DeliveryAct: Sendable {
  /// In a word.
  let what: String
  let delivery: StoredDelivery
  let caller: Caller
  let reply: HTTPReply
}
