import Collection
import Console
import Values

extension KhopServer {
    /// Statements, the work that goes on with them, the days, and letters to banks.
    static func addBooks(
        _ door: ConsoleFrontDoor,
        _ services: Services,
        _ options: ServerOptions,
        to routes: RouteTable
    ) throws {
        let (papers, works) = (PaperDesk(), StatementWorks(patience: options.importPatience))
        let (overviews, jurisdiction) = (services.overviews, services.jurisdiction)
        let uploads = try PendingUploads(in: options.temporaryFolder)
        let dropped = KeptForPersons<[StatementPreviewPage.Dropped]>(mostOfOne: 5, most: 500)
        ConsoleMappingRoutes(
            door: door,
            mappings: services.statementMappings,
            previews: services.statementPreviews,
            overviews: overviews,
            jurisdiction: jurisdiction,
            pace: options.uploadPace,
            uploads: uploads,
            dropped: dropped
        ).add(to: routes)
        ConsoleStatementRoutes(
            door: door,
            imports: services.statements,
            previews: services.statementPreviews,
            records: services.statementRecords,
            confirmations: services.recoveryConfirmations,
            undos: services.statementUndos,
            reconciliation: services.reconciliation,
            overviews: overviews,
            jurisdiction: jurisdiction,
            pace: options.uploadPace,
            uploads: uploads,
            works: works,
            dropped: dropped
        ).add(to: routes)
        ConsolePlatformRoutes(
            door: door,
            platform: services.platform,
            jurisdiction: jurisdiction,
            pace: options.uploadPace,
            uploads: uploads
        ).add(to: routes)
        ConsoleProgressRoutes(door: door, works: works).add(to: routes)
        ConsoleDayRoutes(
            door: door,
            reports: services.reports,
            overviews: overviews,
            jurisdiction: jurisdiction,
            papers: papers,
            agency: options.installation.name?.vietnamese
        ).add(to: routes)
        ConsoleInquiryRoutes(
            door: door,
            cases: services.cases,
            batches: services.caseBatches,
            jurisdiction: jurisdiction,
            papers: papers,
            agency: options.installation.name?.vietnamese
        ).add(to: routes)
    }

    /// What runs the installation: connections, the catalogue, the check-up.
    static func addOperating(
        _ door: ConsoleFrontDoor,
        _ services: Services,
        _ options: ServerOptions,
        to routes: RouteTable
    ) throws {
        ConsoleConnectionRoutes(
            door: door,
            signs: services.connectionSigns,
            replay: services.callbackReplay,
            unmasking: services.unmasking,
            jurisdiction: services.jurisdiction
        ).add(to: routes)
        ConsoleCatalogueRoutes(
            door: door,
            catalogue: services.catalogue,
            proposals: services.catalogueProposals,
            uploads: try PendingUploads(in: options.temporaryFolder),
            pace: options.uploadPace
        ).add(to: routes)
        ConsoleDoctorRoutes(
            door: door,
            database: services.database,
            settler: services.settler,
            version: options.version,
            checkUp: options.checkUp
        ).add(to: routes)
    }

    /// What is tried out: messages in the lab, and in a test installation the bank to play with.
    static func addTrials(
        _ door: ConsoleFrontDoor,
        _ services: Services,
        _ options: ServerOptions,
        _ testBank: TestBank?,
        to routes: RouteTable
    ) throws {
        ConsoleLabRoutes(
            door: door,
            connections: services.connections,
            jurisdiction: services.jurisdiction,
            uploads: try PendingUploads(in: options.temporaryFolder),
            pace: options.uploadPace,
            papers: PaperDesk()
        ).add(to: routes)
        guard let testBank else { return }
        ConsoleTestBankRoutes(
            door: door,
            bank: testBank,
            imports: services.statements,
            reconciliation: services.reconciliation,
            requests: services.paymentRequests,
            overviews: services.overviews,
            jurisdiction: services.jurisdiction,
            uploads: try PendingUploads(in: options.temporaryFolder)
        ).add(to: routes)
    }

    /// What the catalogue says and how it changes, letters to banks, and what else is looked up.
    static func addCatalogue(_ services: Services, _ options: ServerOptions, to routes: RouteTable, _ gate: Gate) {
        let jurisdiction = services.jurisdiction
        AccountRoutes(explanations: services.explanations, jurisdiction: jurisdiction).add(to: routes, gate)
        ConnectionRoutes(signs: services.connectionSigns, jurisdiction: jurisdiction).add(to: routes, gate)
        SearchRoutes(finder: services.finder, jurisdiction: jurisdiction).add(to: routes, gate)
        CatalogueRoutes(lists: CatalogueLists(tariff: services.tariff)).add(to: routes, gate)
        StatementMappingRoutes(mappings: services.statementMappings, jurisdiction: jurisdiction).add(to: routes, gate)
        CatalogueProposalRoutes(proposals: services.catalogueProposals).add(to: routes, gate)
        InquiryRoutes(
            cases: services.cases,
            jurisdiction: jurisdiction,
            papers: PaperDesk(),
            agency: options.installation.name?.vietnamese
        ).add(to: routes, gate)
    }
}
