public import Postgres
import Values
import Workflow

/// Which agencies' receipts a provider numbers, and what waits for numbers.
public struct ReceiptProviders: Sendable {
    private let database: Database
    private let box: SecretBox
    private let networks: EventNetworks

    init(_ database: Database, box: SecretBox, networks: EventNetworks) {
        (self.database, self.box, self.networks) = (database, box, networks)
    }

    /// What is said of a provider.
    public struct Draft: Sendable {
        public let agencyCode: String
        public let dialect: ReceiptProviderAccount.Dialect
        public let url: String
        public let username: String
        public let password: String
        public let taxCode: String
        public let fee: (form: String, serial: String)
        public let charge: (form: String, serial: String)

        public init(
            agencyCode: String,
            dialect: ReceiptProviderAccount.Dialect,
            url: String,
            username: String,
            password: String,
            taxCode: String,
            fee: (form: String, serial: String),
            charge: (form: String, serial: String)
        ) {
            (self.agencyCode, self.dialect, self.url) = (agencyCode, dialect, url)
            (self.username, self.password, self.taxCode) = (username, password, taxCode)
            (self.fee, self.charge) = (fee, charge)
        }
    }

    /// Has an agency's receipts numbered by a provider from now on. Receipts that wait for another one's number still get it
    /// there.
    public func set(_ draft: Draft, by person: Person) async throws -> ReceiptProviderAccount {
        try check(draft)
        let agency = draft.agencyCode
        return try await database.transaction { tx in
            try Locks.secrets(tx)
            let known = try tx.query("select 1 from agency where code = \(agency) limit 1")
            guard !known.isEmpty else {
                throw ServiceError(
                    .notFound,
                    Phrase(
                        vi: "Danh mục không có cơ quan nào mang mã \(agency).",
                        en: "The catalogue has no agency \(agency)."
                    )
                )
            }
            try ReceiptProviders.endCurrent(agency, person, tx)
            let sealed = Bytes(box.seal(draft.password, for: SecretBox.receiptProvider(agency)))
            let id = try tx.query(
                """
                insert into receipt_provider (agency_code, dialect, url, username, sealed, key_id, tax_code, fee_form,
                    fee_serial, charge_form, charge_serial, set_at, set_by, set_by_name)
                values (\(agency), \(draft.dialect.rawValue), \(draft.url), \(draft.username), \(sealed), \(box.keyID),
                    \(draft.taxCode), \(draft.fee.form), \(draft.fee.serial), \(draft.charge.form),
                    \(draft.charge.serial), now(), \(person.id), \(person.name))
                returning id
                """
            ).row().get(0, as: Int32.self)
            let row = try tx.query(
                Query(
                    trustedSQL:
                        "select \(ReceiptProviderAccount.columns) from receipt_provider p where p.id = $1::integer",
                    binding: [id]
                )
            ).row()
            let account = try ReceiptProviderAccount(row, from: 0)
            try Audit.record(tx, person, "receipt_provider.set", "agency:\(agency)", account.json)
            return account
        }
    }

    /// Has an agency's receipts numbered here again from now on.
    public func end(agency: String, by person: Person) async throws {
        try await database.transaction { tx in
            try Locks.secrets(tx)
            guard try ReceiptProviders.endCurrent(agency, person, tx) else {
                throw ServiceError(
                    .notFound,
                    Phrase(
                        vi: "Biên lai của cơ quan \(agency) không do nhà cung cấp nào cấp số.",
                        en: "No provider numbers the receipts of the agency \(agency)."
                    )
                )
            }
            try Audit.record(tx, person, "receipt_provider.end", "agency:\(agency)")
        }
    }

    @discardableResult
    private static func endCurrent(_ agency: String, _ person: Person, _ tx: borrowing Transaction) throws -> Bool {
        try tx.query(
            """
            update receipt_provider set ended_at = now(), ended_by = \(person.id), ended_by_name = \(person.name)
            where agency_code = \(agency) and ended_at is null
            """
        ).affected > 0
    }

    private func check(_ draft: Draft) throws {
        try EventEndpoint.check(url: draft.url, networks)
        var faults: [ServiceError.Fault] = []
        func require(_ name: String, _ isRight: Bool, _ what: Phrase) {
            if !isRight { faults.append(.init(name, what)) }
        }
        func length(_ most: Int) -> Phrase {
            Phrase(vi: "phải có 1 đến \(most) ký tự", en: "must have 1 to \(most) characters")
        }
        require(
            "url",
            draft.url.count <= 300 && !draft.url.hasSuffix("/"),
            Phrase(
                vi: "dài nhất 300 ký tự, không kết thúc bằng /",
                en: "has at most 300 characters and does not end with /"
            )
        )
        require("username", (1...100).contains(draft.username.count), length(100))
        require("password", (1...200).contains(draft.password.count), length(200))
        for (name, text) in [
            ("fee_form", draft.fee.form), ("fee_serial", draft.fee.serial), ("charge_form", draft.charge.form),
            ("charge_serial", draft.charge.serial),
        ] {
            require(name, (1...20).contains(text.count), length(20))
        }
        require(
            "tax_code",
            draft.taxCode.wholeMatch(of: /[0-9]{10}(-[0-9]{3})?/) != nil,
            Phrase(vi: "có 10 chữ số, có thể thêm - và 3 chữ số", en: "has 10 digits, perhaps with - and 3 more")
        )
        guard faults.isEmpty else {
            throw ServiceError(
                .invalidParameter,
                Phrase(vi: "Thông tin nhà cung cấp có lỗi.", en: "What was said of the provider has faults."),
                faults: faults
            )
        }
    }

    /// The providers in force, by agency.
    public func list() async throws -> [ReceiptProviderAccount] {
        try await database.query(
            Query(
                trustedSQL: """
                    select \(ReceiptProviderAccount.columns) from receipt_provider p where p.ended_at is null
                    order by p.agency_code
                    """,
                binding: []
            )
        ).map { try ReceiptProviderAccount($0, from: 0) }
    }

    /// What waits for numbers.
    public func waiting() async throws -> ProvidersWaiting { try await ReceiptProviders.waiting(database) }

    /// What waits for numbers in a database.
    public static func waiting(_ database: Database) async throws -> ProvidersWaiting {
        try await database.query(
            """
            select (select count(*) from receipt_provider where ended_at is null), count(*), min(made_at),
                count(*) filter (where attempts > 3), (array_agg(last_error order by id) filter
                    (where last_error is not null))[1]
            from provider_receipt where state = 'awaiting'
            """
        ).map { row in
            ProvidersWaiting(
                providers: try row.get(0),
                receipts: try row.get(1),
                since: try row.get(2),
                failing: try row.get(3),
                error: try row.get(4)
            )
        }.first ?? ProvidersWaiting(providers: 0, receipts: 0, since: nil, failing: 0, error: nil)
    }

    /// The order of an id as the provider shows it, as PDF.
    public func pdf(_ id: Int64, transport: any ProviderTransport) async throws -> [UInt8] {
        let row = try await database.query(
            Query(
                trustedSQL: """
                    select \(ReceiptProviderAccount.columns), p.sealed, r.form, r.serial, r.number, r.issued_at
                    from provider_receipt r join receipt_provider p on p.id = r.provider_id
                    where r.id = $1::bigint and r.number is not null
                    """,
                binding: [id]
            )
        ).first
        guard let row else {
            throw ServiceError(
                .notFound,
                Phrase(vi: "Không có biên lai nào đã có số mang mã này.", en: "No numbered receipt has this id.")
            )
        }
        let account = try ReceiptProviderAccount(row, from: 0)
        let former = ProviderOrder.Former(
            form: try row.get(11),
            serial: try row.get(12),
            number: try row.get(13),
            issuedAt: try row.get(14)
        )
        let sealed: Bytes = try row.get(10)
        let provider = try ProviderDelivery.provider(account, sealed.bytes, box, transport, .seconds(20))
        guard let bytes = await provider.fetch(former) else {
            throw ServiceError(
                .overloaded,
                Phrase(vi: "Nhà cung cấp chưa trả bản PDF: hãy thử lại.", en: "The provider gives no PDF: try again.")
            )
        }
        return bytes
    }
}
