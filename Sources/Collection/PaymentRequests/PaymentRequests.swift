import Casework
public import FeeSchedule
import PaymentQR
public import Postgres
public import Values
import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Creates, reads, cancels and expires payment requests.
public struct PaymentRequests: Sendable {
    let database: Database
    let tariff: Tariff
    let publicURL: String
    /// References show it.
    let mode: InstallationMode
    /// Whether the service is reached on this machine alone, for development.
    let isDevelopment: Bool
    let answers: KeptAnswers
    private let box: SecretBox
    /// Writes new requests in groups.
    let writer: GroupWriter<NewRequest, Bool>

    private let openCap: OpenRequestCap
    /// Tokens that nobody has.
    private let absent = AbsentNames()

    /// - Parameter maximumOpen: how many requests a key may have open; 0 for any number.
    public init(
        _ database: Database,
        tariff: Tariff,
        publicURL: String,
        maximumOpen: Int,
        mode: InstallationMode = .live,
        box: SecretBox
    ) {
        (self.box, self.mode) = (box, mode)
        openCap = OpenRequestCap(database, cap: maximumOpen)
        self.database = database
        answers = KeptAnswers(database)
        self.tariff = tariff
        self.publicURL = publicURL
        isDevelopment = Development.isMeant(byPublicURL: publicURL)
        writer = GroupWriter { requests in
            let rows = try await database.query(NewRequest.insert(requests))
            let written = Set(try rows.map { try $0.get(0, as: UUID.self) })
            return requests.map { written.contains($0.request.id) }
        }
    }

    /// Works out what something costs, without keeping anything.
    public func quote(_ request: AssessmentRequest, caller: Caller?) async throws -> Assessment {
        try assess(request, with: try await tariff.current(), caller)
    }

    /// Creates a payment request for somebody at the command line, who is not kept with it: the audit has who it was,
    /// written before it is created.
    public func create(_ draft: PaymentRequestDraft, by actor: Person, in language: Language) async throws -> KeptAnswer
    {
        let detail: JSON = [
            "agency_code": .string(draft.assessment.agencyCode),
            "procedure_code": .string(draft.assessment.procedureCode),
        ]
        try await database.autocommit { tx in
            try Audit.record(tx, actor, "payment_request.create", "dossier:\(draft.dossierCode)", detail)
        }
        return try await create(draft, caller: nil, idempotency: nil, in: language)
    }

    /// Creates a payment request, or returns the first answer again for a repeated key. Its maker is kept with it, so the
    /// audit has no entry of it.
    public func create(
        _ draft: PaymentRequestDraft,
        caller: Caller?,
        idempotency: IdempotencyKey?,
        in language: Language = .vietnamese
    ) async throws -> KeptAnswer {
        try PaymentRequests.checkDay(draft, caller, today: Instant.now().day)
        try checkReturn(draft, caller)
        if let caller { try openCap.admit(caller.id) }
        // The catalogue may change between assessing and writing, or the reference may exist: both are rare and
        // retried.
        for _ in 0..<5 {
            let catalogue = try await tariff.current()
            let assessment = try assess(draft.assessment, with: catalogue, caller)
            try PaymentRequests.checkEvidence(draft, assessment)
            let now = Instant.now()
            let request = newRequest(draft, assessment, now, by: caller?.id)
            let body = request.json(publicURL: publicURL, now: .init(microseconds: 0), in: language).serialized
            let new = NewRequest(
                request: request,
                catalogueVersion: catalogue.version,
                idempotency: idempotency,
                body: body,
                contacts: draft.contacts.isEmpty ? nil : JSON.array(draft.contacts.map { $0.json(box) }).serialized
            )
            do {
                if try await writer.write(new) { return KeptAnswer(body: body, isRepeated: false) }
            } catch let error as PostgresError where error.constraint == "payment_request_reference_key" {
                continue
            }
            if let idempotency, let caller, let first = try await answers.first(idempotency, of: caller) {
                return first
            }
            try await tariff.reload()
        }
        throw ServiceError(
            .overloaded,
            Phrase(
                vi: "Danh mục đang được thay đổi. Vui lòng gửi lại yêu cầu sau ít phút.",
                en: "The catalogue is being changed right now. Send the request again shortly."
            )
        )
    }

    func assess(
        _ request: AssessmentRequest,
        with catalogue: CatalogueInForce,
        _ caller: Caller?
    ) throws -> Assessment {
        let assessment: Assessment
        do {
            try catalogue.schedule.checkPayerCategory(request.payerCategory, on: request.day)
            assessment = try catalogue.schedule.assess(request)
        } catch {
            throw ServiceError(.notAssessable, at: error.pointer, error.reason)
        }
        if let bound = caller?.localities {
            let chain = catalogue.schedule.localities.chain(of: assessment.unit, on: request.day)
            guard chain.contains(where: { bound.contains($0.code) }) else {
                let places = bound.joined(separator: ", ")
                throw ServiceError(
                    .forbidden,
                    Phrase(
                        vi: "Bạn chỉ làm việc cho địa bàn \(places); cơ quan \(request.agencyCode) thuộc địa bàn khác.",
                        en: "You act for the locality \(places) alone; the agency \(request.agencyCode) lies elsewhere."
                    )
                )
            }
        }
        return assessment
    }

    func newRequest(
        _ draft: PaymentRequestDraft,
        _ assessment: Assessment,
        _ now: Instant,
        by key: UUID?
    ) -> PaymentRequest {
        var generator = SystemRandomNumberGenerator()
        // Whole seconds: an instant that people read and compare.
        let asked = Instant(unixSeconds: now.unixSeconds).adding(seconds: draft.expiresIn)
        let due = assessment.amountDue
        return PaymentRequest(
            id: .version7(at: now),
            reference: CreditorReference.random(using: &generator, mode: mode).text,
            token: randomToken(length: 22),
            dossierCode: draft.dossierCode,
            agencyCode: assessment.agency.code,
            procedureCode: assessment.procedure.code,
            channel: draft.assessment.channel,
            payerCategory: draft.assessment.payerCategory,
            payerName: draft.payerName,
            payerEvidence: draft.payerEvidence,
            assessedOn: assessment.day,
            amountDue: due,
            discountTotal: assessment.discountTotal,
            amountReceived: .zero,
            amountApplied: .zero,
            feeRefundClaimed: .zero,
            amountRefunded: .zero,
            status: due == .zero ? .paid : .pending,
            paidAt: due == .zero ? now : nil,
            settledBy: assessment.settledBy,
            expiresAt: assessment.discountsEnd.map { min(asked, $0.lastSecond) } ?? asked,
            createdAt: now,
            createdBy: key,
            returnURL: draft.returnURL,
            bankBIN: assessment.agency.bankBIN,
            accountNumber: assessment.agency.accountNumber,
            accountName: assessment.agency.accountName,
            items: PaymentRequestDraft.json(draft.assessment.items),
            lines: assessment.linesJSON
        )
    }

    /// The request of an id.
    public func find(_ id: UUID) async throws -> PaymentRequest {
        try await one(
            Query(
                trustedSQL: "select \(PaymentRequest.columns) from payment_request where id = $1::uuid",
                binding: [id]
            )
        )
    }

    /// The request of an id or a reference.
    public func find(_ name: RequestName) async throws -> PaymentRequest {
        switch name {
        case .id(let id): try await find(id)
        case .reference(let reference):
            try await one(
                Query(
                    trustedSQL: "select \(PaymentRequest.columns) from payment_request where reference = $1",
                    binding: [reference]
                )
            )
        }
    }

    /// The request behind a pay link.
    public func find(token: String) async throws -> PaymentRequest {
        guard !absent.contains(token) else { throw ServiceError(.notFound, .none(.paymentRequest)) }
        do {
            return try await one(
                Query(
                    trustedSQL: "select \(PaymentRequest.columns) from payment_request where token = $1",
                    binding: [token]
                )
            )
        } catch let error as ServiceError where error.code == .notFound {
            if token.utf8.count < 200 { absent.add(token) }
            throw error
        }
    }

    private func one(_ query: Query) async throws -> PaymentRequest {
        guard let row = try await database.query(query).first else {
            throw ServiceError(.notFound, .none(.paymentRequest))
        }
        return try PaymentRequest(row)
    }

    /// The requests of a reference or a dossier, oldest first.
    ///
    /// - Parameters:
    ///   - after: the id of the last request of the page before.
    ///   - holder: whose requests alone; `nil` for all.
    ///   - limit: 1 to 500.
    public func list(
        reference: String?,
        dossierCode: String?,
        after: UUID?,
        onlyOf holder: UUID? = nil,
        limit: Int
    ) async throws -> [PaymentRequest] {
        let sql = """
            select \(PaymentRequest.columns) from payment_request
            where ($1::text is null or reference = $1) and ($2::text is null or dossier_code = $2)
                and ($3::uuid is null or id > $3)
                and ($4::uuid is null or created_by in (select k.id from api_key k where k.holder_id = $4))
            order by id limit $5::integer
            """
        let normalised = reference.map { CreditorReference($0)?.text ?? $0 }
        let rows = try await database.query(
            Query(trustedSQL: sql, binding: [normalised, dossierCode, after, holder, try Paging.check(limit)])
        )
        return try rows.map(PaymentRequest.init)
    }

    /// Cancels a request that nobody has paid; repeating it changes nothing. A request that holds money is cancelled
    /// with a refund: see ``Refunds/cancel(_:_:by:within:)``.
    public func cancel(_ id: UUID, by actor: Person) async throws -> PaymentRequest {
        try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                guard let request = try RequestStore.lock(ids: [id], within: nil, tx).first else {
                    throw ServiceError(.notFound, .none(.paymentRequest))
                }
                guard try Cancellation.decide(request, withRefund: false) == .cancel else { return }
                try RequestStore.change(request, on: .cancel, tx)
                try Audit.record(tx, actor, "payment_request.cancel", "request:\(id.text)")
            }
        }
        return try await find(id)
    }

    /// Throws if the caller is a portal and the request another's, or the caller is bound to a locality and the request's
    /// agency is elsewhere.
    public func authorize(_ request: PaymentRequest, for caller: Caller) async throws {
        if let holder = caller.onlyOf, request.createdBy != caller.id {
            // It may have been made with an earlier key of the same portal.
            let isOwn = try await database.query(
                """
                select exists (select 1 from api_key
                    where id = \(request.createdBy)::uuid and holder_id = \(holder)::uuid)
                """
            )
            guard try isOwn.row().get(0) else { throw ServiceError(.notFound, .none(.paymentRequest)) }
        }
        guard let bound = caller.localities else { return }
        let catalogue = try await tariff.current().schedule
        let today = Instant.now().day
        let chain = catalogue.unit(ofAgency: request.agencyCode, on: today).map {
            catalogue.localities.chain(of: $0, on: today)
        }
        guard chain?.contains(where: { bound.contains($0.code) }) == true else {
            // Reported as not found: a key bound to one district learns nothing about the dossiers of another.
            throw ServiceError(.notFound, .none(.paymentRequest))
        }
    }

    /// Marks requests whose time has run out since an instant as expired, up to 1,000 per call; returns how many.
    public func expireDue(since: Instant) async throws -> Int {
        try await database.query(
            """
            with due as (
                select id from payment_request
                where status = 'pending' and expires_at <= now() and expires_at > \(since)::timestamptz
                order by id limit 1000 for update skip locked
            )
            update payment_request p set status = 'expired' from due where p.id = due.id returning 1
            """
        ).count
    }
}
