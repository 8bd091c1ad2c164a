public import FeeSchedule
public import Postgres
public import Values

/// The catalogue in the database: versions that never overwrite one another.
public struct CatalogueStore: Sendable {
    let database: Database
    /// Whether one person alone may put files in force only where there is no catalogue yet.
    private let takesProposals: Bool

    /// - Parameter takesProposals: whether every change of a catalogue takes two persons (``CatalogueProposals``).
    public init(_ database: Database, takesProposals: Bool = false) {
        self.database = database
        self.takesProposals = takesProposals
    }

    /// How files come in force.
    enum Way {
        /// By whoever set the installation up, or administers it.
        case direct
        /// Brought by one person and accepted by another.
        case proposal(Int64)
    }

    /// Reads what is in force.
    public func load() async throws -> CatalogueInForce {
        try await database.read { tx in
            let version = try CatalogueStore.version(tx)
            let rows = try CatalogueStore.rows(tx)
            return CatalogueInForce(version: version, schedule: Schedule(rows), rows: rows)
        }
    }

    /// The version in force, to check whether the catalogue held in memory is current.
    public func version() async throws -> Int32 { try await database.autocommit { try CatalogueStore.version($0) } }

    static func version(_ tx: borrowing Transaction) throws -> Int32 {
        try tx.query("select coalesce(max(id), 0) from catalogue_version").row().get(0)
    }

    /// What an import changes or would change.
    public struct Outcome: Sendable {
        public let difference: CatalogueDifference
        /// `nil` if nothing changed or nothing was to be written.
        public let version: Int32?

        public var json: JSON {
            [
                "added": .integer(difference.count(.added)), "ended": .integer(difference.count(.ended)),
                "changed": .integer(difference.count(.changed)), "unchanged": .integer(difference.unchangedCount),
            ]
        }
    }

    /// Returns what importing the files would change, and throws every fault in them; writes nothing.
    public func check(_ files: [(file: CatalogueFile, bytes: [UInt8])]) async throws -> Outcome {
        let current = try await load().rows
        let rows = try CatalogueStore.merged(files, onto: current)
        return Outcome(
            difference: CatalogueDifference(from: current, to: rows, files: Set(files.map(\.file))),
            version: nil
        )
    }

    /// Puts the files in force, all or none; importing the same files again changes nothing.
    ///
    /// - Throws: `forbidden` where every change of a catalogue takes two persons and there is one already.
    public func importFiles(_ files: [(file: CatalogueFile, bytes: [UInt8])], by actor: Person) async throws -> Outcome
    {
        try await database.transaction { tx in
            try Locks.catalogue(tx)
            guard try !takesProposals || CatalogueStore.version(tx) == 0 else {
                throw ServiceError(
                    .forbidden,
                    Phrase(
                        vi:
                            "Ở đây danh mục do hai người thay đổi (KHOP_CATALOGUE_PROPOSALS_ONLY): đề xuất bằng `khop catalogue propose`, người khác chấp nhận bằng `khop catalogue accept`, hoặc trên trang điều hành.",
                        en:
                            "Here the catalogue is changed by two persons (KHOP_CATALOGUE_PROPOSALS_ONLY): propose it with `khop catalogue propose`, and let another accept it with `khop catalogue accept`, or both in the console."
                    )
                )
            }
            return try CatalogueStore.write(files, by: actor, .direct, tx)
        }
    }

    /// Puts the files in force; the catalogue is locked.
    static func write(
        _ files: [(file: CatalogueFile, bytes: [UInt8])],
        by actor: Person,
        _ way: Way,
        _ tx: borrowing Transaction
    ) throws -> Outcome {
        let current = try CatalogueStore.rows(tx)
        let rows = try CatalogueStore.merged(files, onto: current)
        let difference = CatalogueDifference(from: current, to: rows, files: Set(files.map(\.file)))
        guard !difference.entries.isEmpty else { return Outcome(difference: difference, version: nil) }
        let summary = CatalogueStore.summary(difference)
        let version = try tx.query(
            """
            insert into catalogue_version (imported_by, summary)
            values (\(actor.name), \(summary)::jsonb) returning id
            """
        ).row().get(0, as: Int32.self)
        for file in CatalogueFile.allCases {
            try CatalogueTable(file).write(difference.entries.filter { $0.file == file }, version: version, tx)
        }
        try CatalogueStore.openAccounts(tx)
        let told: JSON.Member
        switch way {
        // Who reads the audit sees which prices one person alone changed.
        case .direct: told = .init("proposal", .null)
        case .proposal(let id): told = .init("proposal", .integer(id))
        }
        let detail = JSON.object((summary.members ?? []) + [told])
        try Audit.record(tx, actor, "catalogue.import", "catalogue:\(version)", detail)
        try tx.query("select catalogue_told(\(version)::integer)")
        try tx.query("select pg_notify('khop_catalogue', \(String(version)))")
        return Outcome(difference: difference, version: version)
    }

    /// Tells portals, once a day, of the prices that begin or end to count on it by files that were put in force before.
    ///
    /// A version is told in the transaction that puts it in force, whichever way that was; what it says of a later day is told
    /// then and again on that day.
    ///
    /// - Returns: whether nobody had told of the day before.
    @discardableResult
    public func tellDay(_ day: Day) async throws -> Bool {
        try await database.transaction { tx in
            try tx.query("select catalogue_day(\(day)::date)").row().get(0, as: Bool.self)
        }
    }

    /// The files of what is in force.
    public func export() async throws -> [(file: CatalogueFile, text: String)] {
        let records = try await database.read { tx in
            try CatalogueFile.allCases.map { (file: $0, rows: try CatalogueTable($0).records(tx)) }
        }
        return records.map { record in
            let lines = [record.file.columns] + record.rows
            return (record.file, lines.map { CSV.line($0) + "\n" }.joined())
        }
    }

    /// Parses and validates the files, together with what is in force for files that are not given.
    static func merged(
        _ files: [(file: CatalogueFile, bytes: [UInt8])],
        onto current: CatalogueRows
    ) throws -> CatalogueRows {
        var parsed = CatalogueParser.parse(files)
        if !parsed.files.contains(.localities) { parsed.rows.localities = current.localities }
        if !parsed.files.contains(.agencies) { parsed.rows.agencies = current.agencies }
        if !parsed.files.contains(.procedures) { parsed.rows.procedures = current.procedures }
        if !parsed.files.contains(.fees) { parsed.rows.fees = current.fees }
        if !parsed.files.contains(.reductions) { parsed.rows.reductions = current.reductions }
        if !parsed.files.contains(.discounts) { parsed.rows.discounts = current.discounts }
        if !parsed.files.contains(.targets) { parsed.rows.targets = current.targets }
        // Unreadable rows would look missing to the others, so their own faults are reported first, alone.
        let faults =
            parsed.faults.isEmpty
            ? CatalogueValidator.validate(parsed.rows, lines: parsed.lines) : parsed.faults
        guard faults.isEmpty else {
            throw ServiceError(
                .catalogueFaulty,
                Phrase(
                    vi: "Danh mục có \(faults.count) lỗi; chưa nhập gì.",
                    en: "The catalogue has \(faults.count) fault(s); nothing was imported."
                ),
                faults: faults.map { fault in
                    ServiceError.Fault(
                        "\(fault.file.fileName):\(fault.line)" + (fault.column.isEmpty ? "" : ":\(fault.column)"),
                        fault.reason.prefixed(by: fault.value.isEmpty ? "" : "“\(fault.value)” ")
                    )
                }
            )
        }
        return parsed.rows
    }

    static func summary(_ difference: CatalogueDifference) -> JSON {
        .object(
            CatalogueFile.allCases.map { file in
                JSON.Member(
                    file.rawValue,
                    [
                        "added": .integer(difference.count(.added, file)),
                        "ended": .integer(difference.count(.ended, file)),
                        "changed": .integer(difference.count(.changed, file)),
                        "unchanged": .integer(difference.unchanged[file] ?? 0),
                    ]
                )
            }
        )
    }

    static func rows(_ tx: borrowing Transaction) throws -> CatalogueRows {
        var records: [CatalogueFile: [[String]]] = [:]
        for file in CatalogueFile.allCases { records[file] = try CatalogueTable(file).records(tx) }
        return try CatalogueParser.rows(records)
    }

    /// Opens the ledger accounts of every account that an agency is paid on.
    private static func openAccounts(_ tx: borrowing Transaction) throws {
        try tx.query(
            """
            insert into bank_account (account_number, bank_bin, name)
            select distinct on (account_number) account_number, bank_bin, account_name from agency where ended_in is null
            order by account_number, code
            on conflict (account_number) do update set bank_bin = excluded.bank_bin, name = excluded.name
            where (bank_account.bank_bin, bank_account.name) <> (excluded.bank_bin, excluded.name)
            """
        )
        try tx.query(
            """
            insert into ledger_account (kind, owner)
            select kind, account_number from bank_account cross join (values ('bank'), ('suspense'), ('opening')) k (kind)
            union all
            select kind, code from agency cross join (values ('revenue'), ('desk'), ('clearing')) k (kind) where ended_in is null
            on conflict on constraint ledger_account_kind_owner_key do nothing
            """
        )
    }
}
