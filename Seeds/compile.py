#!/usr/bin/env python3
"""Compiles the seed data of OrgRegistry: the change files NN-words.csv beside this script.

    python3 Seeds/compile.py FACTS_FOLDER REAL_FOLDER [--check]

FACTS_FOLDER holds tables compiled from public sources, REAL_FOLDER a few public files as published.
Nothing is written that neither of them says, except what is marked `derived` or `unknown` and explained
in README.md. The output depends on the two folders only. With --check, the files just written are
read back and their history is replayed against the published counts (see the last part).
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOREVER = "9999-12-31"

COLUMNS = """record key event organisation other parcel partition unit scheme kind basis type nature timeline
tier group rank value amount amount:population-2019 amount:patients-2013 from to status to_status operational
grade instrument year number provision made in_force url retrieved source note""".split()


# ---------------------------------------------------------------- small tools

def day_before(day):
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def day_after(day):
    return FOREVER if day == FOREVER else (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def tidy(text):
    """One blank between words: the only change that is made to the wording of a source."""
    return re.sub(r"\s+", " ", text or "").strip()


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def read(folder, name):
    with open(Path(folder) / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def read_plain(folder, name):
    """A file without a header."""
    with open(Path(folder) / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))


def components(pairs):
    """The connected components of a graph, as sorted lists of pairs."""
    group = {}
    for old, new in pairs:
        left, right = group.setdefault(old, {old}), group.setdefault(new, {new})
        if left is not right:
            left |= right
            for node in right:
                group[node] = left
    found = defaultdict(list)
    for old, new in sorted(pairs):
        found[min(group[old])].append((old, new))
    return [found[first] for first in sorted(found)]


# ---------------------------------------------------------------- the change set

class Body:
    """What is known of the life of an organisation; facts about it are fitted into it."""

    def __init__(self, start, opened_by, end, closed_by):
        self.start, self.opened_by, self.end, self.closed_by = start, opened_by, end or FOREVER, closed_by


class Seeds:
    """Collects lines by file. Lives must be declared before the facts that have to fit into them."""

    def __init__(self):
        self.lines = defaultdict(list)
        self.bodies = {}
        self.events = {}
        self.code_events = {}          # (organisation, day) -> event that re-codes it
        self.used_sources = set()

    def add(self, file, record, **cells):
        cells = {"from" if name == "_from" else name: value for name, value in cells.items() if value != ""}
        cells["record"] = record
        if "source" in cells:
            self.used_sources.add(cells["source"])
        self.lines[file].append(cells)

    def organisation(self, file, key, start, opened_by="", end="", closed_by="", note=""):
        self.bodies[key] = Body(start, opened_by, end, closed_by)
        self.add(file, "organisation", key=key, note=note)

    def event(self, file, key, kind, day, title, source, status="", note=""):
        assert key not in self.events, key
        self.events[key] = day
        self.add(file, "event", key=key, type=kind, _from=day, value=title, source=source, status=status, note=note)

    def fact(self, file, record, organisation, start, end="", event="", followed=False, to_status="", **cells):
        """A dated fact, clipped to the life of its body. `to` stays blank where the closing of the body, or the
        next fact of the same sort (`followed`), ends it; a fact that begins with its body hangs on its event."""
        body = self.bodies[organisation]
        start, end = max(start, body.start), min(end or FOREVER, body.end)
        if start > end:
            return
        if not event and start == body.start:
            event = body.opened_by
        if not event:
            event = self.code_events.get((organisation, start), "") if record in ("code", "name") else ""
        ends_with_body = end == body.end and (body.closed_by or end == FOREVER)
        to = "" if ends_with_body or followed else end
        cells.update(event=event) if event else cells.update(_from=start)
        self.add(file, record, organisation=organisation, to=to, to_status=to_status if to else "", **cells)

    def timeline(self, file, record, organisation, spans, **cells):
        """Facts of one sort, one after the other: [(from, to, extra cells)]. Equal neighbours become one,
        and where the spans of a source overlap, a span ends the day before the next one starts."""
        spans = sorted(spans, key=lambda span: span[0])
        merged = []
        for start, end, extra in spans:
            end = end or FOREVER
            if merged and merged[-1][2] == extra and day_after(merged[-1][1]) >= start:
                merged[-1][1] = max(merged[-1][1], end)
                continue
            if merged and merged[-1][1] >= start:
                merged[-1][1] = day_before(start)
            merged.append([start, end, extra])
        merged = [span for span in merged if span[0] <= span[1]]
        body = self.bodies[organisation]
        for index, (start, end, extra) in enumerate(merged):
            next_start = merged[index + 1][0] if index + 1 < len(merged) else None
            followed = next_start is not None and next_start == day_after(end) and next_start <= body.end
            if record == "relationship":
                followed = False
            self.fact(file, record, organisation, start, end, followed=followed, **{**cells, **extra})

    def write(self, folder):
        for file, lines in sorted(self.lines.items()):
            used = [column for column in COLUMNS if any(column in line for line in lines)]
            with open(Path(folder) / (file + ".csv"), "w", newline="", encoding="utf-8") as out:
                writer = csv.writer(out, lineterminator="\n")
                writer.writerow(used)
                writer.writerows([line.get(column, "") for column in used] for line in lines)


seeds = Seeds()
add, fact = seeds.add, seeds.fact


# ---------------------------------------------------------------- 00 vocabulary

def vocabulary():
    file = "00-vocabulary"
    add(file, "scheme", key="ods", value="Organisation Data Service code", rank="2")
    add(file, "scheme", key="ons", value="Office for National Statistics code", rank="1")
    kinds = [("pcg", "primary care group", "place", "place"), ("pct", "primary care trust", "place", "place"),
             ("ccg", "clinical commissioning group", "place", "place"),
             ("commissioning-hub", "commissioning hub", "place", "place"),
             ("sub-icb-location", "sub-ICB location", "place", "place"),
             ("sub-icb-reporting-entity", "sub-ICB reporting entity", "", "place"),
             ("care-trust", "care trust", "", ""), ("pct-cluster", "PCT cluster", "grouping", ""),
             ("sha", "strategic health authority", "region", ""), ("sha-cluster", "SHA cluster", "grouping", ""),
             ("stp", "sustainability and transformation partnership", "system", "system"),
             ("ics", "integrated care system", "system", "system"),
             ("icb", "integrated care board", "system", "system"),
             ("icb-commissioning-proxy", "ICB commissioning proxy", "", ""),
             ("region", "NHS England region", "region", ""),
             ("area-team", "NHS England area team", "local", "office"),
             ("local-office", "NHS England local office", "local", "office"),
             ("csu", "commissioning support unit", "", ""), ("local-authority", "local authority", "", ""),
             ("health-and-wellbeing-board", "health and wellbeing board", "", ""),
             ("gp-practice", "GP practice", "", ""), ("nhs-trust", "NHS trust", "", ""),
             ("nhs-england", "NHS England", "", "")]
    for key, name, tier, group in kinds:
        add(file, "kind", key=key, value=name, tier=tier, group=group)
    add(file, "relationship-kind", key="part-of", value="part of", type="parent")
    for key, name in (("member-of", "member of"), ("supported-by", "supported by"), ("oversees", "oversees")):
        add(file, "relationship-kind", key=key, value=name)
    add(file, "partition", key="lsoa11", value="Lower layer super output areas of 2011", unit="small area (LSOA 2011)")
    add(file, "partition", key="practice", value="GP practices", unit="GP practice")
    add(file, "basis", key="areas", value="Small areas", partition="lsoa11", unit="small areas", type="count")
    add(file, "basis", key="population-2019", value="Population, mid-2019", partition="lsoa11", unit="people",
        _from="2019-06-30")
    add(file, "basis", key="practices", value="GP practices", partition="practice", unit="GP practices", type="count")
    add(file, "basis", key="patients-2013", value="Registered patients, April to June 2013", partition="practice",
        unit="people", _from="2013-06-30")
    add(file, "basis", key="population-share", value="Share of the population, as published", unit="share")
    add(file, "basis", key="postcodes", value="Postcodes, percent of the body", unit="percent")


# ---------------------------------------------------------------- 01 sources

CHD = "ONS Code History Database Jul 2024 via open-innovations/geography-code-adder@5c33e2d"

LAW = [
    # key, title, instrument, year, number, provision, made, in force, url
    ("si-2000-209", "SI 2000/209 (Hillingdon Primary Care Trust)", "uksi", "2000", "209", "art.5", "", "",
     "legislation.gov.uk/uksi/2000/209/article/5/made"),
    ("si-2000-286", "SI 2000/286 Fenland PCT (Establishment) Order 2000", "uksi", "2000", "286", "", "", "",
     "beta.bailii.org/uk/legis/num_reg/2000/uksi_2000286_en.html"),
    ("si-2001-3493", "SI 2001/3493 (North Liverpool Primary Care Trust)", "uksi", "2001", "3493", "art.2", "", "",
     "legislation.gov.uk/cy/uksi/2001/3493/article/2/made"),
    ("si-2002-71", "SI 2002/71 (South Cambridgeshire Primary Care Trust)", "uksi", "2002", "71", "art.2", "", "",
     "legislation.gov.uk/uksi/2002/71/article/2/made"),
    ("si-2002-991", "SI 2002/991 (Brighton and Hove City Primary Care Trust)", "uksi", "2002", "991", "", "", "",
     "docslib.org/doc/10757903"),
    ("si-2003-1066", "SI 2003/1066 PCTs (Dissolutions) Order 2003", "uksi", "2003", "1066", "", "", "2003-04-01", ""),
    ("si-2006-1408", "SI 2006/1408: strategic health authorities, 28 become 10", "uksi", "2006", "1408", "", "",
     "2006-07-01", ""),
    ("si-2006-2072", "SI 2006/2072 PCTs (Establishment and Dissolution) (England) Order 2006", "uksi", "2006", "2072",
     "schedules", "", "2006-10-01", ""),
    ("hsca-2012-s33", "Health and Social Care Act 2012 (c.7), abolition of strategic health authorities, in force by "
     "SI 2013/160 (C.9)", "ukpga", "2012", "7", "s.33", "", "2013-04-01", ""),
    ("hsca-2012-s34", "Health and Social Care Act 2012 (c.7), abolition of primary care trusts, in force by "
     "SI 2013/160 (C.9)", "ukpga", "2012", "7", "s.34", "", "2013-04-01", ""),
    ("hca-2022", "Health and Care Act 2022 (c.31), integrated care boards established and clinical commissioning groups "
     "abolished; commencement SI 2022/734; Integrated Care Boards (Establishment) Order 2022, made by NHS England, "
     "unnumbered", "ukpga", "2022", "31", "ss.19-20", "", "2022-07-01", ""),
]

PUBLISHED = [
    # key, title, instrument
    ("ods-epcmem", "ODS epcmem.csv (early 2020) via nhsconnect/prm-gp2gp-data-sandbox@324454e", "ods_record"),
    ("ods-successions", "ODS successions of organisations, 1992 to 2022, file of three columns (old code, new code, date)",
     "ods_record"),
    ("ods-eccg-2016", "ODS eccg.csv (Feb 2016) via ebmdatalab/openprescribing-data@b4be78f", "ods_record"),
    ("ods-eccg-2025", "ODS eccg.csv (Dec 2025) via jhau/nhs-spend@1e5af13", "ods_record"),
    ("ods-eauth-2018", "ODS eauth.csv (Nov 2018) via ebmdatalab/openprescribing@326ee35b3", "ods_record"),
    ("ods-epraccur-2026", "ODS epraccur (Feb 2026, file of the Data Search and Export service)", "ods_record"),
    ("ods-api-2026", "ODS API Succs, documentation/docs/developer/icb-history.md, rcpch/rcpch-nhs-organisations@2346f35",
     "ods_record"),
    ("ods-changes-2026", "ODS change summary April 2026, 66 practices", "ods_record"),
    ("frimley-shares", "NHS England Frimley apportionment (population shares of D4U1Y, April 2026)", "other"),
    ("location-parents-2026", "Sub-ICB locations under the boards of 1 April 2026: ODS change summary April 2026 and "
     "ODS API Succs via rcpch/rcpch-nhs-organisations@2346f35", "ods_record"),
    ("u2g6b", "Public file (repository not named) (NHS England dashboard SQL): location U2G6B", "other"),
    ("ons-chd", CHD, "ons_chd"),
    ("ons-pco-2012", "ONS PCO_2012.csv via ebmdatalab/openprescribing@2aab031b6", "other"),
    ("ons-sha-2012", "ONS SHA_2012.csv via ebmdatalab/openprescribing@2aab031b6", "other"),
    ("ons-pco12-sha12", "ONS PCO12_SHA12_EN_LU.csv via ebmdatalab/openprescribing@2aab031b6", "other"),
    ("ons-ccg13-nhsat13", "ONS CCG13_NHSAT13_NHSCR13 lookup via ebmdatalab/openprescribing@2aab031b6", "other"),
    ("ons-nhsat13", "ONS NHSAT_APR_2013_EN_NC.csv via ebmdatalab/openprescribing@2aab031b6", "other"),
    ("nhsbsa-area-teams", "NHSBSA Patient_List_Size_2013_04..2016_03 via ebmdatalab/openprescribing-data@b4be78f", "other"),
    ("office-matches", "Codes of local offices: ODS eauth.csv (Nov 2018) via ebmdatalab/openprescribing@326ee35b3 and "
     + CHD + ", matched by name", "other"),
    ("q73", "ODS eccg.csv Feb 2016 via ebmdatalab/openprescribing-data@b4be78f1b6; " + CHD, "other"),
    ("ons-nhser19", "ONS NHSER19 via jtrim-ons/ons-lookups", "other"),
    ("ons-rlo17", "ONS CCG17_NHSRLO17_NHSER17 via jtrim-ons/ons-lookups@85d0ba6e47", "other"),
    ("ons-rlo18", "ONS CCG18_NHSRLO18_NHSER18 via jtrim-ons/ons-lookups@85d0ba6e47", "other"),
    ("ons-stp17", "ONS_CCG17_STP17 via jtrim-ons/ons-lookups", "other"),
    ("ons-stp18", "ONS_CCG18_STP18 via jtrim-ons/ons-lookups@85d0ba6", "other"),
    ("ons-stp19", "ONS_CCG19_STP19 via jtrim-ons/ons-lookups", "other"),
    ("ons-stp20", "ONS_CCG20_STP20 via jtrim-ons/ons-lookups", "other"),
    ("ons-stp21", "ONS_CCG21_STP21_CAL21", "other"),
    ("ons-icb-2024", "ONS list of integrated care boards, December 2024", "other"),
    ("icb-2026", "England 2026 boards, ajdench/dmsGIS@a9e929e", "other"),
    ("stp-qhm", "Code and name \"Cumbria and North East STP\" together in an NHS service-search test fixture, public file "
     "(repository not named); link to E54000049 derived from the name", "other"),
    ("sicbl-icb", "Sub-ICB locations and boards, July 2022 and April 2024, humaniverse/geographr@c026be5", "other"),
    ("lsoa-16-17", "ONS LSOA11 CCG16 vs CCG17 (jtrim-ons/ons-lookups, open-innovations)", "other"),
    ("lsoa-17-18", "ONS LSOA11 CCG17 vs CCG18 (jtrim-ons/ons-lookups, open-innovations)", "other"),
    ("lsoa-19-20", "ONS LSOA11 CCG19 vs CCG20 (jtrim-ons/ons-lookups, open-innovations)", "other"),
    ("lsoa-21-22", "ONS LSOA11 CCG21 vs SICBL22 (geographr)", "other"),
    ("lsoa-22-24", "ONS SICBL22 (LSOA11) vs SICBL24 (LSOA21), LSOA codes present in both (geographr)", "other"),
    ("lsoa11", "ONS LSOA11 best-fit lookups, April vintages 2015 to 2021 and July 2022; population: ONS mid-2019 small "
     "area estimates", "other"),
    ("practices", "ODS epcmem 2020, epraccur November 2025 and February 2026; patients: NHSBSA list sizes April to June "
     "2013. Only dividing events move a parcel; moves of single practices are membership, not territory", "other"),
    ("pct-ccg-postcodes", "ccg2ons.js (ONSPD-derived PCT->CCG) via elahmo/dsfood@2b831ed", "other"),
    ("onspd", "ONS Postcode Directory derived; CCGs as in 2015, so 13T stands for 00F, 00G and 00H", "other"),
    ("pct-names-2006", "NikNakk/funnel_phe@947c1e830d5c03973403d84577eea7d8afdec65d sample_data.txt (303 PCT/care trust "
     "names in ODS code order), paired by position with the 303 codes live on 2006-04-01 in ODS epcmem", "other"),
    ("sha-clusters", "healthpolicyinsight.com node/1200 (14 July 2011); hefma.co.uk "
     "update-on-arrangements-to-strengthen-management-of-the-transition (Aug 2011)", "other"),
    ("ccg-apr-2013", "ONS CCG_APR_2013.csv via ebmdatalab/openprescribing@2aab031b6", "other"),
    ("ccg-2015-07", "ONS LSOA11-CCG-LAD 2015-07 via jtrim-ons/ons-lookups", "other"),
    ("ccg-2016-04", "ONS LSOA11-CCG-LAD 2016-04 via jtrim-ons/ons-lookups", "other"),
    ("ccg-2017-04", "ONS_CCG17_names_codes via jtrim-ons/ons-lookups@85d0ba6", "other"),
    ("ccg-2019-04", "ONS_CCG19_names_codes via jtrim-ons/ons-lookups@85d0ba6", "other"),
    ("ccg-2020-04", "ONS_CCG20_names_codes via jtrim-ons/ons-lookups@85d0ba6", "other"),
    ("ccg-2021-04", "ref_ccg21.csv via open-innovations/mental-health-data-map@e394749", "other"),
    ("factsheet-2011", "Factsheet of late 2011 (the project's source document): no list attached", "other"),
    ("ccg-waves", "england.nhs.uk wave1-auth to wave3-auth; healthcareleadernews.com/news/"
     "final-wave-ccg-authorisation-results", "other"),
]

EXTRA_SOURCES = {}      # title -> key, for sources that only one table names
PLAIN_TITLES = [        # addresses written out in one way, without names of persons and of our own working files
    (r"; earlier compilation compiled/pct_cluster\.csv$", ""),
    (r"\bhsj 5028980\b", "hsj.co.uk/cluster-landscape-shows-52-commissioners/5028980.article"),
    (r"\bhsj 5025901\b", "hsj.co.uk/south-east-coast/south-east-coast-pcts-face-uncertain-financial-futures-/"
     "5025901.article"),
    (r"^marlborough\.news [a-z-]+;", "marlborough.news;"),
    (r"^.*8th-november-2011-part-1", "Report of a health and wellbeing overview and scrutiny committee, "
     "8 November 2011, part 1 (public blog)")]


def extra_source(prefix, title):
    title = tidy(title)
    for pattern, plain in PLAIN_TITLES:
        title = re.sub(pattern, plain, title)
    if title not in EXTRA_SOURCES:
        number = sum(key.startswith(prefix) for key in EXTRA_SOURCES.values()) + 1
        EXTRA_SOURCES[title] = f"{prefix}-{number:02d}"
    return EXTRA_SOURCES[title]


def sources():
    file = "01-sources"
    known = set()
    for key, title, instrument, year, number, provision, made, in_force, url in LAW:
        known.add(key)
        add(file, "source", key=key, value=title, instrument=instrument, year=year, number=number,
            provision=provision, made=made, in_force=in_force, url=url)
    for key, title, instrument in PUBLISHED:
        known.add(key)
        if key in seeds.used_sources:
            add(file, "source", key=key, value=title, instrument=instrument)
    for title, key in sorted(EXTRA_SOURCES.items(), key=lambda item: item[1]):
        known.add(key)
        add(file, "source", key=key, value=title, instrument="other")
    assert seeds.used_sources <= known, seeds.used_sources - known


# ---------------------------------------------------------------- the facts, read once

class Facts:
    def __init__(self, folder, real):
        for name in ("orgs", "ons_code_versions", "succession", "flows", "parcels", "units_lsoa11", "units_practice",
                     "ccg_merger_events", "boundary_changes", "stp_ccg", "sicbl_icb", "location_parents_2026",
                     "icb_2026", "pct_sha", "sha_clusters", "pct_cluster_all", "pct_cluster_counts", "pct_names_2006",
                     "pct_names_closed_before_2006", "pct_establishment_orders_seen", "nhse_regional_bodies",
                     "nhse_local_office_ons_versions", "ccg_area_team_2013", "ccg_vintages", "ccg_local_office",
                     "ccg_authorisation_waves"):
            setattr(self, name, read(folder, name + ".csv"))
        self.real = real
        self.ods_successions = {(row["old_code"], row["new_code"], row["date"])
                                for row in read(real, "ods/succession_1992_2022_three_columns.csv")}
        self.kind = defaultdict(list)
        for row in self.orgs:
            self.kind[row["kind"]].append(row)
        self.chd = defaultdict(list)            # kind -> rows of the Code History Database
        for row in self.ons_code_versions:
            self.chd[row["kind"]].append(row)
        self.hubs = {row["ods_code"] for row in self.kind["COMMISSIONING_HUB"]}


# ---------------------------------------------------------------- 10 primary care trusts

# One body each, with a second ODS code from the day given (a care trust began, or in the case of Solihull ended).
PCT_RECODED = {"5CC": ("TAP", "2010-04-01"), "TAM": ("5QW", "2011-04-15"), "5AN": ("TAN", "2007-09-01"),
               "5AX": ("TAK", "2003-10-01"), "5CW": ("TAL", "2005-10-01")}
PCT_FIRST = {second: first for first, (second, _) in PCT_RECODED.items()}
HSCA = "2013-04-01-health-and-social-care-act"
SI_OF_DAY = {"2003-04-01": "si-2003-1066", "2006-10-01": "si-2006-2072"}


def pct(code):
    return "pct-" + PCT_FIRST.get(code, code)


def pct_recode_event(first):
    return f"{PCT_RECODED[first][1]}-reclassification-{first}"


def pct_events(facts):
    """One event for each connected component of the links of one day. Returns opened_by and closed_by."""
    file, opened, closed = "10-primary-care-trusts", {}, {}
    rows = facts.kind["PCT"] + facts.kind["CARE_TRUST"]
    first = {pct(row["ods_code"]): row["first_practice_member_date"] for row in reversed(rows)
             if row["ods_code"] not in PCT_FIRST}
    last = {pct(row["ods_code"]): row["last_practice_member_date"] for row in rows
            if row["ods_code"] not in PCT_RECODED}
    links = defaultdict(list)
    for row in facts.succession:
        if row["type"] == "PCT->PCT" and pct(row["predecessor"]) != pct(row["successor"]):
            links[row["date"]].append((row["predecessor"], row["successor"]))
    amounts = {(row["from_ods"], row["to_ods"], row["effective_date"]): row["amount"] for row in facts.flows
               if row["to_kind"] == "PCT" and row["basis"] == "practices"}
    ordered = {row["pct_ods"] for row in facts.pct_establishment_orders_seen if row["established"]}
    for day in sorted(links):
        for pairs in components(links[day]):
            olds, news = sorted({old for old, _ in pairs}), sorted({new for _, new in pairs})
            dividing = [old for old in olds if sum(pair[0] == old for pair in pairs) > 1]
            kind = "split" if dividing else "merger" if len(olds) > 1 else "succession"
            key = f"{day}-{kind}-{(dividing or news)[0]}"
            source = SI_OF_DAY.get(day, "ods-successions")
            seeds.event(file, key, kind, day, f"{', '.join(olds)} to {', '.join(news)}", source)
            for code in olds:
                if last[pct(code)] == day_before(day):
                    closed[pct(code)] = key
                    add(file, "close", event=key, organisation=pct(code))
            for code in news:
                if first[pct(code)] == day and code not in ordered:
                    opened[pct(code)] = key
                    add(file, "open", event=key, organisation=pct(code), kind="pct",
                        status="" if day in SI_OF_DAY else "derived")
            for old, new in pairs:
                recorded = (old, new, day) in facts.ods_successions
                add(file, "succession", event=key, organisation=pct(old), other=pct(new),
                    nature="succession" if recorded else "territory", status="" if recorded else "derived",
                    source="ods-successions" if recorded else "ods-epcmem")
                add(file, "flow", event=key, organisation=pct(old), other=pct(new), basis="practices",
                    amount=amounts[(old, new, day)], source="ods-epcmem")
    return opened, closed


def pct_reclassifications(file):
    for first, (second, day) in sorted(PCT_RECODED.items(), key=lambda item: item[1][1]):
        key = pct_recode_event(first)
        title = f"{first} becomes {second}: " + ("the care trust goes on as a primary care trust" if first == "TAM"
                                                 else "the primary care trust becomes a care trust")
        seeds.event(file, key, "reclassification", day, title, "ods-successions")
        seeds.code_events[(pct(first), day)] = key


def pct_life(file, key, code, first_day, opened, orders):
    """Writes the lives that no event opens and returns the first day and the event that opens the body."""
    order = orders.get(code)
    source = "si-" + order["si"].replace("SI ", "").replace("/", "-") if order else ""
    if key in opened:
        return seeds.events[opened[key]], opened[key]
    begins = first_day
    lives = [("operational", first_day, "ods-epcmem", "derived")]
    if order and order["operational_date"]:
        assert order["operational_date"] == first_day, code
        lives[0] = ("operational", order["operational_date"], source, "")
    if order and order["established"]:
        lives.insert(0, ("legal", order["established"], source, ""))
        begins = min(begins, order["established"])
    for timeline, start, source, status in lives:
        add(file, "life", organisation=key, timeline=timeline, _from=start, status=status, source=source)
    return begins, ""


def primary_care_trusts(facts):
    file = "10-primary-care-trusts"
    rows = {row["ods_code"]: row for row in facts.kind["PCT"] + facts.kind["CARE_TRUST"]}
    orders = {row["pct_ods"]: row for row in facts.pct_establishment_orders_seen}
    pct_reclassifications(file)
    opened, closed = pct_events(facts)
    names = pct_ods_names(facts)
    ons = defaultdict(list)
    for row in facts.chd["PCT"] + facts.chd["CARE_TRUST"]:
        assert row["ods_code"] or row["name"] == "Solihull"
        ons[pct(row["ods_code"] or "TAM")].append(row)      # the database has no ODS code for E17000004 Solihull
    for code in sorted(set(rows) - set(PCT_FIRST)):
        key, row = pct(code), rows[code]
        second = rows[PCT_RECODED[code][0]] if code in PCT_RECODED else None
        last = (second or row)["last_practice_member_date"]
        closing = closed.get(key) or HSCA
        start, opening = row["first_practice_member_date"], opened.get(key, "")
        order = orders.get(code)
        if order and order["established"]:
            start = min(start, order["established"])
        note = f"one body with {second['ods_code']}, which the sources list apart" if second else ""
        seeds.organisation(file, key, start, opening, last, closing, note)
        pct_life(file, key, code, row["first_practice_member_date"], opened, orders)
        status = "" if opening or order else "derived"
        pct_roles(file, key, code, start, opening, status)
        codes = [(start, "", {"value": code})]
        if second:
            codes = [(start, day_before(PCT_RECODED[code][1]), {"value": code}),
                     (PCT_RECODED[code][1], "", {"value": second["ods_code"]})]
        for since, until, cells in codes:
            fact(file, "code", key, since, until, followed=bool(until), scheme="ods", source="ods-epcmem",
                 status=status if since == start else "", **cells)
        pct_ons(file, key, ons[key])
        for since, until, value, source, name_status, to_status in names.get(key, []):
            fact(file, "name", key, since or start, until, scheme="ods", value=value, source=source, status=name_status,
                 to_status=to_status)


def pct_roles(file, key, code, start, opening, status):
    if not opening:
        fact(file, "role", key, start, kind="pct", source="ods-epcmem", status=status)
    if code in PCT_RECODED and code != "TAM":
        fact(file, "role", key, PCT_RECODED[code][1], kind="care-trust", event=pct_recode_event(code))
    elif code == "TAM":
        fact(file, "role", key, start, day_before(PCT_RECODED[code][1]), kind="care-trust", source="ods-epcmem")
    elif code.startswith("TA"):
        fact(file, "role", key, start, kind="care-trust", source="ods-epcmem", status=status)


def pct_ons(file, key, versions):
    """Codes and names of the Code History Database; a new code inside a life is an event."""
    versions = sorted(versions, key=lambda row: row["start"])
    for before, after in zip(versions, versions[1:]):
        day = after["start"]
        if (key, day) not in seeds.code_events:
            event = f"{day}-recode-{key[4:]}"
            seeds.event(file, event, "recode", day, f"{before['ons_code']} {before['name']} becomes "
                        f"{after['ons_code']} {after['name']}", "ons-chd")
            seeds.code_events[(key, day)] = event
    for record, column in (("code", "ons_code"), ("name", "name")):
        spans = [(row["start"], row["end"], {"value": tidy(row[column])}) for row in versions]
        seeds.timeline(file, record, key, spans, scheme="ons", source="ons-chd")


def pct_ods_names(facts):
    """key -> [(from or blank for the first day, to, name, source, status, to_status)]"""
    names = {}
    for row in facts.pct_names_2006:
        code = row["pct_ods"]
        until = day_before(PCT_RECODED[code][1]) if code in PCT_RECODED else ""
        names[pct(code)] = [("2006-04-01", until, tidy(row["name_2006"]), "pct-names-2006", "unknown",
                             "derived" if until else "")]
    for row in facts.pct_names_closed_before_2006:
        if row["name"]:
            source = "si-2000-286" if row["pct_ods"] == "5AE" else "si-2003-1066"
            name = re.sub(r" \(old, established 2001\)$", "", tidy(row["name"]))   # an addition of the facts
            names[pct(row["pct_ods"])] = [("", "", name, source, "derived", "")]
    return names


# ---------------------------------------------------------------- 11 strategic health authorities, 12 PCT clusters

SHA_END = "2013-04-01-abolition-of-strategic-health-authorities"


def strategic_health_authorities(facts):
    file = "11-strategic-health-authorities"
    day = "2006-07-01"
    links = sorted((old, new) for old, new, when in facts.ods_successions if when == day and re.match(r"Q\d\d$", old))
    since = {new for old, new, when in facts.ods_successions if when == "2002-04-01" and re.match(r"Q\d\d$", new)}
    assert len({old for old, _ in links}) == 28 and since == {old for old, _ in links}
    ending = {}
    for new in sorted({new for _, new in links}):
        olds = [old for old, successor in links if successor == new]
        kind = "merger" if len(olds) > 1 else "succession"
        key = f"{day}-{kind}-{new}"
        seeds.event(file, key, kind, day, f"{', '.join(olds)} to {new}", "si-2006-1408")
        for old in olds:
            ending[old] = key
            add(file, "close", event=key, organisation="sha-" + old)
            add(file, "succession", event=key, organisation="sha-" + old, other="sha-" + new, nature="succession",
                source="ods-successions")
        add(file, "open", event=key, organisation="sha-" + new, kind="sha")
    for old, _ in links:
        key = "sha-" + old
        seeds.organisation(file, key, "2002-04-01", "", day_before(day), ending[old], "name in no source read")
        add(file, "life", organisation=key, timeline="operational", _from="2002-04-01", status="derived",
            source="ods-successions", note="the day on which ODS has it succeed health authorities")
        fact(file, "role", key, "2002-04-01", kind="sha", status="derived", source="ods-successions")
        fact(file, "code", key, "2002-04-01", scheme="ods", value=old, status="derived", source="ods-successions")
    seeds.event(file, SHA_END, "closure", "2013-04-01", "Strategic health authorities are abolished", "hsca-2012-s33")
    chd = {row["ods_code"]: row for row in facts.chd["SHA"]}
    for row in sorted(facts.kind["SHA"], key=lambda row: row["ods_code"]):
        code, key = row["ods_code"], "sha-" + row["ods_code"]
        opening = next(event for event in (f"{day}-merger-{code}", f"{day}-succession-{code}") if event in seeds.events)
        seeds.organisation(file, key, row["open_date"], opening, row["close_date"], SHA_END)
        add(file, "close", event=SHA_END, organisation=key)
        fact(file, "code", key, row["open_date"], scheme="ods", value=code, source="ods-successions")
        fact(file, "code", key, chd[code]["start"], scheme="ons", value=row["ons_code"], source="ons-chd")
        fact(file, "name", key, row["open_date"], scheme="ons", value=tidy(row["name"]), status="derived",
             source="ons-chd", note="the name that ONS shows from 2009-01-01")
    sha_clusters(file, facts)
    for row in sorted(facts.pct_sha, key=lambda row: (row["pct_ods"], row["sha_ods"])):
        note = "the trust lies in two authorities" if row["straddles"] == "Y" else ""
        later = seeds.bodies[pct(row["pct_ods"])].start > "2009-01-01"
        fact(file, "relationship", pct(row["pct_ods"]), "2009-01-01", kind="part-of", other="sha-" + row["sha_ods"],
             status="derived" if later else "unknown", source="ons-pco12-sha12", note=note)


def sha_clusters(file, facts):
    for name in sorted({row["sha_cluster"] for row in facts.sha_clusters}):
        members = [row for row in facts.sha_clusters if row["sha_cluster"] == name]
        key, since = "sha-cluster-" + slug(name), members[0]["valid_from"]
        seeds.organisation(file, key, since, "", members[0]["valid_to"], SHA_END)
        add(file, "life", organisation=key, timeline="operational", _from=since, source="sha-clusters")
        add(file, "close", event=SHA_END, organisation=key)
        fact(file, "role", key, since, kind="sha-cluster", source="sha-clusters")
        fact(file, "name", key, since, scheme="ods", value=tidy(name), source="sha-clusters")
        for row in sorted(members, key=lambda row: row["sha_ods"]):
            fact(file, "relationship", "sha-" + row["sha_ods"], since, kind="part-of", other=key, source="sha-clusters")


def cluster_since(text):
    """The first day of a membership and its status. HSJ wrote on 28 April 2011 that the authorities had confirmed
    clusters for all PCTs: the first day on which a source shows a membership that no source dates."""
    if text in ("", "2010"):
        return "2011-04-28", "unknown"
    if text == "2011-04":
        return "2011-04-01", "derived"
    return text, ""


def pct_clusters(facts):
    file = "12-pct-clusters"
    groups = defaultdict(list)
    for row in facts.pct_cluster_all:
        groups[tidy(row["cluster_name"])].append(row)
    for name in sorted(groups):
        key = "pct-cluster-" + slug(re.sub(r"(?i)\b(pct )?cluster$", "", name))
        assert key not in seeds.bodies, key
        dates = sorted(cluster_since(row["valid_from"]) for row in groups[name])
        since, status = dates[0]
        last = max(row["valid_to"] for row in groups[name])
        source = extra_source("cluster", groups[name][0]["source"])
        seeds.organisation(file, key, since, "", last, "")
        add(file, "life", organisation=key, timeline="operational", _from=since, to=last, status=status,
            to_status="derived", source=source)
        fact(file, "role", key, since, kind="pct-cluster", status=status, source=source, to_status="derived")
        fact(file, "name", key, since, scheme="ods", value=name, status=status, source=source, to_status="derived")
        for row in sorted(groups[name], key=lambda row: row["pct_ods"]):
            since, status = cluster_since(row["valid_from"])
            note = "from 2010, day not known" if row["valid_from"] == "2010" else ""
            fact(file, "relationship", pct(row["pct_ods"]), since, kind="part-of", other=key, status=status,
                 grade=row["evidence_grade"], source=extra_source("cluster", row["source"]),
                 note="; ".join(filter(None, (tidy(row["evidence"]).replace(" (earlier compilation)", ""), note))))


# ---------------------------------------------------------------- 20 to 22 CCGs and hubs

HCA = "2022-07-01-health-and-care-act"
HCA_DAY = "2022-07-01"


def ccg_rows(facts):
    return {row["ods_code"]: row for row in facts.kind["CCG"] + facts.kind["CCG->SICBL"]}


def merger_events(facts):
    """(key, day, successor, predecessors, name). 09G went to 70F; what went to 92A is a transfer."""
    for row in facts.ccg_merger_events:
        olds = row["predecessor_ods"].split("|")
        if row["successor_ods"] == "92A":
            olds.remove("09G")
        yield f"{row['date']}-merger-{row['successor_ods']}", row["date"], row["successor_ods"], olds, row["successor_name"]


def clinical_commissioning_groups(facts):
    file, rows = "20-clinical-commissioning-groups", ccg_rows(facts)
    seeds.event(file, HSCA, "succession", "2013-04-01", "Primary care trusts are abolished; clinical commissioning groups "
                "take over", "hsca-2012-s34")
    seeds.event(file, HCA, "succession", HCA_DAY, "Clinical commissioning groups are abolished; integrated care boards "
                "take over", "hca-2022")
    opened, closed = {}, {}
    for key, day, new, olds, _ in merger_events(facts):
        opened[new] = key
        seeds.events[key] = day           # written in 22
        for old in olds:
            closed[old] = key
            assert rows[old]["close_date"] == day_before(day), old
    versions = defaultdict(list)
    for row in facts.chd["CCG/SICBL"]:
        if row["start"] < HCA_DAY:
            assert row["end"] and row["end"] < HCA_DAY, row
            versions[row["ods_code"]].append(row)
    for code in sorted(rows):
        key, opening, closing = "ccg-" + code, opened.get(code, HSCA), closed.get(code, HCA)
        legal = seeds.events[opening]
        start = "2014-11-26" if code == "13T" else legal
        assert rows[code]["open_date"] == start, code
        seeds.organisation(file, key, legal, opening, day_before(seeds.events[closing]), closing)
        if opening == HSCA:
            add(file, "open", event=HSCA, organisation=key, kind="ccg")
        if closing == HCA:
            add(file, "close", event=HCA, organisation=key)
        if code == "13T":
            newcastle_gateshead(file, key, rows[code])
        else:
            fact(file, "code", key, legal, scheme="ods", value=code, source="ods-eccg-2025")
        ccg_ons(file, key, code, versions[code])


def newcastle_gateshead(file, key, row):
    """ODS has it open more than four months before its predecessors close: its role and code begin with that."""
    start = row["open_date"]
    add(file, "life", organisation=key, timeline="operational", _from=start, source="ods-eccg-2025",
        note="legal life from the merger")
    add(file, "role", organisation=key, kind="ccg", _from=start, source="ods-eccg-2025")
    add(file, "code", organisation=key, scheme="ods", value="13T", _from=start, source="ods-eccg-2025")


def ccg_ons(file, key, code, versions, scheme="ons"):
    versions = sorted(versions, key=lambda row: row["start"])
    for before, after in zip(versions, versions[1:]):
        if before["ons_code"] != after["ons_code"]:
            day = after["start"]
            event = f"{day}-recode-{code}"
            seeds.event(file, event, "recode", day, f"{code}: {before['ons_code']} becomes {after['ons_code']}", "ons-chd")
            seeds.code_events[(key, day)] = event
    for record, column in (("code", "ons_code"), ("name", "name")):
        spans = [(row["start"], row["end"], {"value": tidy(row[column])}) for row in versions]
        seeds.timeline(file, record, key, spans, scheme=scheme, source="ons-chd")


def commissioning_hubs(facts):
    """Hubs live in ODS only. Successions of ODS are kept, as duties: which practices went along is not known."""
    file = "21-commissioning-hubs"
    rows = {row["ods_code"]: row for row in facts.kind["COMMISSIONING_HUB"]}
    links = defaultdict(list)
    for old, new, day in sorted(facts.ods_successions):
        if old in rows and new in rows and rows[old]["open_date"] < day \
                and day_before(day) <= (rows[old]["close_date"] or FOREVER):
            links[day].append((old, new))
    opened = {code: HSCA for code in rows if rows[code]["open_date"] == "2013-04-01"}
    closed = {}
    for day in sorted(links):
        for pairs in components(links[day]):
            hub_event(file, rows, day, pairs, opened, closed)
    for code in sorted(rows):
        row, key = rows[code], "hub-" + code
        source = "ods-eccg-2016" if "Feb 2016" in row["source"] else "ods-eccg-2025"
        opening, closing = opened.get(code, ""), closed.get(code, "")
        seeds.organisation(file, key, row["open_date"], opening, row["close_date"], closing)
        if opening == HSCA:
            add(file, "open", event=HSCA, organisation=key, kind="commissioning-hub", source=source)
        if not opening:
            add(file, "life", organisation=key, timeline="operational", _from=row["open_date"],
                to="" if closing else row["close_date"], source=source)
            fact(file, "role", key, row["open_date"], kind="commissioning-hub", source=source)
        assert closing or not row["close_date"] or not opening, code
        fact(file, "code", key, row["open_date"], scheme="ods", value=code, source=source)
        fact(file, "name", key, row["open_date"], scheme="ods", value=tidy(row["name"]), source=source)


def hub_event(file, rows, day, pairs, opened, closed):
    olds, news = sorted({old for old, _ in pairs}), sorted({new for _, new in pairs})
    ending = [old for old in olds if rows[old]["close_date"] == day_before(day)]
    starting = [new for new in news if rows[new]["open_date"] == day]
    if not ending:
        kind = "transfer"
    elif not starting:
        kind = "absorption"
    else:
        kind = "merger" if len(olds) > 1 else "succession"
    key = f"{day}-{kind}-{news[0] if ending else olds[0]}"
    seeds.event(file, key, kind, day, f"{', '.join(olds)} to {', '.join(news)}", "ods-successions")
    for old in ending:
        closed[old] = key
        add(file, "close", event=key, organisation="hub-" + old)
    for new in starting:
        opened[new] = key
        add(file, "open", event=key, organisation="hub-" + new, kind="commissioning-hub")
    for old, new in pairs:
        add(file, "succession", event=key, organisation="hub-" + old, other="hub-" + new, nature="duties")


def ccg_mergers(facts):
    file = "22-ccg-mergers-and-transfers"
    for key, day, new, olds, name in sorted(merger_events(facts)):
        del seeds.events[key]             # it was reserved in 20
        seeds.event(file, key, "merger", day, f"{', '.join(olds)} to {new} {name}", "ods-successions")
        add(file, "open", event=key, organisation="ccg-" + new, kind="" if new == "13T" else "ccg")
        for old in olds:
            assert (old, new, day) in facts.ods_successions, (old, new)
            add(file, "close", event=key, organisation="ccg-" + old)
        for old in olds:
            add(file, "succession", event=key, organisation="ccg-" + old, other="ccg-" + new, nature="succession")


BOUNDARY_SOURCES = {"2017-04-01": "lsoa-16-17", "2018-04-01": "lsoa-17-18", "2020-04-01": "lsoa-19-20",
                    "2022-07-01": "lsoa-21-22", "2023-04-01": "lsoa-22-24"}
VINTAGES = [("ccg_2013_04_01", "2013-04-01"), ("ccg_2015", "2015-04-01"), ("ccg_2016", "2016-04-01"),
            ("ccg_2017", "2017-04-01"), ("ccg_2018", "2018-04-01"), ("ccg_2019", "2019-04-01"),
            ("ccg_2020", "2020-04-01"), ("ccg_2021", "2021-04-01"), ("sicbl_2022", "2022-07-01")]


def moved_parcels(facts):
    """(old, new, day) -> parcels that left the course of their body between two vintages."""
    successor = {(old, day): new for _, day, new, olds, _ in merger_events(facts) for old in olds}
    moved = defaultdict(list)
    for row in facts.parcels:
        for (before, _), (after, day) in zip(VINTAGES, VINTAGES[1:]):
            old, new = row[before], row[after]
            if old and new and successor.get((old, day), old) != new:
                moved[(old, new, day)].append(row)
    return moved


def transfers(facts):
    file = "22-ccg-mergers-and-transfers"
    moved = moved_parcels(facts)
    moved[("92A", "70F", "2023-04-01")] = [row for row in moved[("09G", "92A", "2020-04-01")]
                                           if row["partition"] == "lsoa11"]
    published = {(row["from_ods"], row["to_ods"], row["date"]): row for row in facts.boundary_changes}
    assert set(moved) == set(published) | {("09G", "92A", "2020-04-01")}
    for (old, new, day), parcels in sorted(moved.items(), key=lambda item: (item[0][2], item[0])):
        areas = sum(int(row["units"]) for row in parcels if row["partition"] == "lsoa11")
        row = published.get((old, new, day), {"lsoas_moved": "4", "from_total_lsoas": "302"})
        assert areas == int(row["lsoas_moved"]), (old, new, areas)
        key = f"{day}-transfer-{old}-{new}"
        before = ("ccg-" if day <= HCA_DAY else "location-") + old
        after = ("ccg-" if day < HCA_DAY else "location-") + new
        note = {"2020-04-01": "09G itself was succeeded by 70F; ODS has no succession to 92A",
                "2023-04-01": "exactly the four areas that came from 09G in 2020 go back; dated by the change of both "
                              "ONS codes"}.get(day, "")
        seeds.event(file, key, "transfer", day, f"{areas} of the {row['from_total_lsoas']} small areas of {old} go to {new}",
                    BOUNDARY_SOURCES[day], status="derived" if day == "2023-04-01" else "", note=note)
        add(file, "succession", event=key, organisation=before, other=after, nature="territory", status="derived")
        for parcel in sorted(parcel["parcel"] for parcel in parcels):
            add(file, "movement", event=key, parcel=parcel, other=after,
                source="practices" if parcel.startswith("P") else "")
        if (old, new) == ("09G", "92A"):
            add(file, "flow", event=key, organisation=before, other=after, basis="practices", amount="0",
                source="practices", status="derived", note="none of the 68 practices of 09G")
        if (old, new) == ("92A", "70F"):
            assert not practices_joining(facts, "70F", "2023-03-01", "2023-05-31")
            add(file, "flow", event=key, organisation=before, other=after, basis="practices", amount="0",
                source="ods-epraccur-2026", status="derived", note="no practice joined 70F from March to May 2023")


def practices_joining(facts, commissioner, since, until):
    """Practices of epraccur that joined a commissioner in a period (columns 15 and 16)."""
    return [row[0] for row in read_plain(facts.real, "ods/epraccur_2026_02_dse.csv")
            if row[14] == commissioner and since.replace("-", "") <= row[15] <= until.replace("-", "")]


# ---------------------------------------------------------------- 30 systems, 31 locations

# One partnership, two ONS codes: the second continues the first (its start is the day given).
STP_RECODED = {"E54000001": ("E54000046", "2017-01-01"), "E54000003": ("E54000045", "2017-01-01"),
               "E54000002": ("E54000047", "2017-02-14"), "E54000004": ("E54000048", "2017-02-14"),
               "E54000005": ("E54000054", "2020-03-31"), "E54000006": ("E54000051", "2020-03-31"),
               "E54000033": ("E54000053", "2020-03-31"), "E54000035": ("E54000052", "2020-03-31"),
               "E54000049": ("E54000050", "2020-03-31")}
STP_FIRST = {second: first for first, (second, _) in STP_RECODED.items()}
STP_MERGER = "2018-04-01-merger-E54000049"


def stp(ons_code):
    return "stp-" + STP_FIRST.get(ons_code, ons_code)


def region_of(facts):
    """ONS code of a region -> its key; the later codes go by the name of the region."""
    named = {}
    for row in facts.chd["NHSE_REGION"]:
        code = row["ods_code"] or next((known["ods_code"] for known in facts.chd["NHSE_REGION"]
                                        if known["name"] == row["name"] and known["ods_code"]), "Y57")
        named[row["ons_code"]] = "region-" + code
    return named


def in_region(file, key, versions, regions):
    """Parents in a region, clipped to the life of the region; a clipped day is derived."""
    spans = []
    for row in versions:
        if row["parent_ons"]:
            region = regions[row["parent_ons"]]
            body = seeds.bodies[region]
            start = max(row["start"], body.start, LEGAL_START.get(region, ""))
            spans.append((start, min(row["end"] or FOREVER, body.end),
                          {"other": region, "status": "derived" if row["start"] < start else ""}))
    joined = []
    for start, end, extra in sorted(spans, key=lambda span: span[0]):
        if joined and joined[-1][2]["other"] == extra["other"] and day_after(joined[-1][1]) >= start:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end), joined[-1][2])
        else:
            joined.append((start, end, extra))
    seeds.timeline(file, "relationship", key, joined, kind="part-of", source="ons-chd")


def systems(facts, regions):
    file = "30-systems"
    versions = defaultdict(list)
    for row in facts.chd["STP/ICB"]:
        if row["start"] < HCA_DAY:
            versions[stp(row["ons_code"])].append(row)
    merging = ["stp-E54000001", "stp-E54000002", "stp-E54000003"]
    seeds.event(file, STP_MERGER, "merger", "2018-04-01", "E54000045, E54000046 and E54000047 to E54000049 Cumbria and "
                "North East", "ons-chd", status="derived",
                note="the three codes end and the fourth begins; all their CCGs are under the fourth in 2018")
    for key in merging:
        add(file, "close", event=STP_MERGER, organisation=key)
    add(file, "open", event=STP_MERGER, organisation="stp-E54000049", kind="stp")
    for key in merging:
        add(file, "succession", event=STP_MERGER, organisation=key, other="stp-E54000049", nature="succession",
            status="derived")
    for key in sorted(versions):
        rows = sorted(versions[key], key=lambda row: row["start"])
        start, opening = rows[0]["start"], STP_MERGER if key == "stp-E54000049" else ""
        closing = STP_MERGER if key in merging else ""
        seeds.organisation(file, key, start, opening, "2018-03-31" if closing else "", closing)
        if not opening:
            add(file, "life", organisation=key, timeline="legal", _from=start, source="ons-chd")
            seeds.fact(file, "role", key, start, followed=not closing, kind="stp", source="ons-chd")
        if not closing:
            add(file, "role", organisation=key, kind="ics", event=HCA, status="derived",
                note="the day from which a system had its earlier ICS designation is in no source read; the Health and "
                     "Care Act 2022 calls them integrated care systems")
        stp_codes(file, key, rows)
        seeds.timeline(file, "name", key, [(row["start"], "" if row["end"] == "2022-06-30" else row["end"],
                                            {"value": tidy(row["name"])}) for row in rows],
                       scheme="ons", source="ons-chd")
        in_region(file, key, rows, regions)
    for old, new in sorted((stp(row["ons_code"]), "icb-" + row["ods_code"]) for row in facts.chd["STP/ICB"]
                           if row["end"] == "2022-06-30"):
        add(file, "succession", event=HCA, organisation=old, other=new, nature="duties", status="derived", source="ons-chd")


def stp_codes(file, key, rows):
    second = STP_RECODED.get(key[4:])
    if second:
        event = f"{second[1]}-recode-{key[4:]}"
        seeds.event(file, event, "recode", second[1], f"{key[4:]} becomes {second[0]}", "ons-chd", status="derived",
                    note="the database ends one code and begins another for what is one partnership")
        seeds.code_events[(key, second[1])] = event
    seeds.timeline(file, "code", key, [(row["start"], row["end"], {"value": row["ons_code"]}) for row in rows],
                   scheme="ons", source="ons-chd")
    spans = [(row["start"], row["end"], {"value": row["ods_code"], "source": "ons-chd"}) for row in rows if row["ods_code"]]
    if key == "stp-E54000049":            # the only earlier evidence
        spans = [(rows[0]["start"], spans[-1][1], {"value": "QHM", "source": "stp-qhm"})]
    for start, end, extra in joined_spans(spans):
        add(file, "code", organisation=key, scheme="ods", _from=start, to=end, status="derived", **extra)


def joined_spans(spans):
    joined = []
    for start, end, extra in sorted(spans, key=lambda span: span[0]):
        if joined and joined[-1][2] == extra and day_after(joined[-1][1]) == start:
            joined[-1] = (joined[-1][0], end, extra)
        else:
            joined.append((start, end, extra))
    return joined


def ccg_systems(facts):
    """CCG in partnership: April vintages from 2017; the Code History Database agrees from 2020."""
    file = "30-systems"
    days = sorted({row["vintage"] for row in facts.stp_ccg})
    sources_of = dict(zip(days, ("ons-stp17", "ons-stp18", "ons-stp19", "ons-stp20", "ons-stp21")))
    parents = defaultdict(list)
    for row in facts.stp_ccg:
        day = row["vintage"] + "-01"
        later = [other + "-01" for other in days if other > row["vintage"]]
        until = day_before(later[0]) if later else day_before(HCA_DAY)
        parents["ccg-" + row["ccg_ods"]].append((day, until, stp(row["stp_ons"]), sources_of[row["vintage"]]))
    chd = {("ccg-" + row["ods_code"], row["start"]): stp(row["parent_ons"]) for row in facts.chd["CCG/SICBL"]
           if row["parent_ons"].startswith("E54") and row["start"] in ("2020-04-01", "2021-04-01")}
    for key in sorted(parents):
        runs = []
        for start, end, parent, source in sorted(parents[key]):
            assert chd.get((key, start), parent) == parent, (key, start)
            if runs and runs[-1][2] == parent and day_after(runs[-1][1]) == start:
                runs[-1][1] = end
            else:
                runs.append([start, end, parent, source])
        for index, (start, end, parent, source) in enumerate(runs):
            status = "unknown" if start == "2017-04-01" and seeds.bodies[key].start < start else ""
            if index:
                status = "derived"
            fact(file, "relationship", key, start, end, kind="part-of", other=parent, source=source, status=status,
                 to_status="derived" if index + 1 < len(runs) else "")


def integrated_care_boards(facts, regions):
    file = "30-systems"
    links = [(row["predecessor"], row["successor"]) for row in facts.succession if row["type"].startswith("ICB ")]
    closing_rows = {row["ods_code"]: row["close_date"] for row in facts.kind["STP->ICB"]}
    opened, closed = {}, {}
    for pairs in components(links):
        icb_event(file, pairs, closing_rows, opened, closed)
    seeds.event(file, "2026-04-01-recode-QRL", "recode", "2026-04-01", "QRL: E54000042 becomes E54000067", "icb-2026")
    seeds.code_events[("icb-QRL", "2026-04-01")] = "2026-04-01-recode-QRL"
    versions = defaultdict(list)
    for row in facts.chd["STP/ICB"]:
        if row["start"] >= HCA_DAY:
            versions[row["ods_code"]].append(dict(row))
    new_names = {row["icb_ods"]: row for row in facts.icb_2026}
    versions["QRL"][0]["end"] = "2026-03-31"
    versions["QRL"].append({"ons_code": new_names["QRL"]["icb_ons"], "name": new_names["QRL"]["name"],
                            "start": "2026-04-01", "end": "", "parent_ons": ""})
    for code in sorted(versions):
        key, closing = "icb-" + code, closed.get(code, "")
        seeds.organisation(file, key, HCA_DAY, HCA, "2026-03-31" if closing else "", closing)
        add(file, "open", event=HCA, organisation=key, kind="icb")
        fact(file, "code", key, HCA_DAY, scheme="ods", value=code, source="sicbl-icb")
        rows = sorted(versions[code], key=lambda row: row["start"])
        for before, after in zip(rows, rows[1:]):
            if (key, after["start"]) not in seeds.code_events:
                event = f"{after['start']}-recode-{code}"
                seeds.event(file, event, "recode", after["start"],
                            f"{code}: {before['ons_code']} becomes {after['ons_code']}", "ons-chd")
                seeds.code_events[(key, after["start"])] = event
        for row in rows:
            row["source"] = "icb-2026" if row["start"] == "2026-04-01" else "ons-chd"
        seeds.timeline(file, "code", key, [(row["start"], row["end"], {"value": row["ons_code"], "source": row["source"]})
                                           for row in rows], scheme="ons")
        seeds.timeline(file, "name", key, [(row["start"], row["end"], {"value": tidy(row["name"])}) for row in rows],
                       scheme="ons", source="ons-chd")
        if code == "QRL":
            rows = [dict(rows[0], end="")]
        in_region(file, key, rows, regions)
    for code in sorted(opened):
        key = "icb-" + code
        seeds.organisation(file, key, "2026-04-01", opened[code], "", "", "region in no source read")
        fact(file, "code", key, "2026-04-01", scheme="ods", value=code, source="ods-api-2026")
        fact(file, "code", key, "2026-04-01", scheme="ons", value=new_names[code]["icb_ons"], source="icb-2026")
        fact(file, "name", key, "2026-04-01", scheme="ons", value=tidy(new_names[code]["name"]), source="icb-2026")


def icb_event(file, pairs, closing_rows, opened, closed):
    olds, news = sorted({old for old, _ in pairs}), sorted({new for _, new in pairs})
    dividing = [old for old in olds if sum(pair[0] == old for pair in pairs) > 1]
    kind = "split" if dividing else "merger"
    key = f"2026-04-01-{kind}-{(dividing or news)[0]}"
    seeds.event(file, key, kind, "2026-04-01", f"{', '.join(olds)} to {', '.join(news)}", "ods-api-2026")
    for old in olds:
        assert closing_rows[old] == "2026-03-31", old
        closed[old] = key
        add(file, "close", event=key, organisation="icb-" + old)
    for new in news:
        if new not in closing_rows:
            opened[new] = key
            add(file, "open", event=key, organisation="icb-" + new, kind="icb")
    for old, new in pairs:
        add(file, "succession", event=key, organisation="icb-" + old, other="icb-" + new, nature="duties")


FRIMLEY = "2026-04-01-split-D4U1Y"


def sub_icb_locations(facts):
    file, rows = "31-sub-icb-locations", ccg_rows(facts)
    versions = defaultdict(list)
    for row in facts.chd["CCG/SICBL"]:
        if row["start"] >= HCA_DAY:
            versions[row["ods_code"]].append(row)
    boards = {(row["vintage"], row["sicbl_ods"]): row["icb_ods"] for row in facts.sicbl_icb}
    board_of_code = {row["ons_code"]: row["ods_code"] for row in facts.chd["STP/ICB"] if row["start"] >= HCA_DAY}
    moves = {row["location_ods"]: row for row in facts.location_parents_2026}
    codes = sorted(row["ods_code"] for row in facts.kind["CCG->SICBL"])
    assert set(codes) == set(versions) and len(codes) == 106 and set(codes) <= set(rows)
    frimley(file, facts)
    for code in codes:
        key, board = "location-" + code, boards[("2022-07", code)]
        assert boards[("2024-04", code)] == board
        assert all(board_of_code[row["parent_ons"]] == board for row in versions[code]), code
        closing = FRIMLEY if code == "D4U1Y" else ""
        seeds.organisation(file, key, HCA_DAY, HCA, "2026-03-31" if closing else "", closing)
        add(file, "open", event=HCA, organisation=key, kind="sub-icb-location")
        fact(file, "code", key, HCA_DAY, scheme="ods", value=code, source="ods-eccg-2025")
        ccg_ons(file, key, code, versions[code])
        moved = moves[code]["change"] == "moved"
        assert moves[code]["icb_2024"] == board
        fact(file, "relationship", key, HCA_DAY, "2026-03-31" if moved else "", kind="part-of", other="icb-" + board,
             source="ons-chd")
    for code in codes:
        add(file, "succession", event=HCA, organisation="ccg-" + code, other="location-" + code, nature="succession",
            status="derived", source="lsoa-21-22")
        add(file, "succession", event=HCA, organisation="ccg-" + code, other="icb-" + boards[("2022-07", code)],
            nature="duties", status="derived", source="sicbl-icb")
    reparentings(file, facts)


def frimley(file, facts):
    seeds.event(file, FRIMLEY, "split", "2026-04-01", "D4U1Y is divided between U2G6B, 92A and D9Y0V", "ods-changes-2026")
    seeds.organisation(file, "location-U2G6B", "2026-04-01", FRIMLEY, "", "", "ONS code in no source read")
    add(file, "close", event=FRIMLEY, organisation="location-D4U1Y")
    add(file, "open", event=FRIMLEY, organisation="location-U2G6B", kind="sub-icb-location", source="u2g6b")
    for new, nature in (("U2G6B", "succession"), ("92A", "territory"), ("D9Y0V", "territory")):
        add(file, "succession", event=FRIMLEY, organisation="location-D4U1Y", other="location-" + new, nature=nature)
    named = {"population_share": ("population-share", "frimley-shares"), "practices": ("practices", "ods-changes-2026")}
    rows = [row for row in facts.flows if row["from_ods"] == "D4U1Y" and row["effective_date"] == "2026-04-01"]
    for row in sorted(rows, key=lambda row: (row["basis"], row["to_ods"])):
        basis, source = named[row["basis"]]
        add(file, "flow", event=FRIMLEY, organisation="location-D4U1Y", other="location-" + row["to_ods"], basis=basis,
            amount=row["amount"], source=source)
    name = facts.kind["SICBL"][0]
    fact(file, "code", "location-U2G6B", "2026-04-01", scheme="ods", value="U2G6B", source="u2g6b")
    fact(file, "name", "location-U2G6B", "2026-04-01", scheme="ods", value=tidy(name["name"]), source="u2g6b")


def reparentings(file, facts):
    groups = defaultdict(list)
    for row in facts.location_parents_2026:
        if row["change"] in ("moved", "opened"):
            groups[row["icb_2026_04_01"]].append(row)
    for board in sorted(groups):
        key = f"2026-04-01-reparenting-{board}"
        members = sorted(groups[board], key=lambda row: row["location_ods"])
        seeds.event(file, key, "reparenting", "2026-04-01", f"Locations come under {board}", "location-parents-2026")
        for row in members:
            add(file, "relationship", organisation="location-" + row["location_ods"], kind="part-of", other="icb-" + board,
                event=key, status="derived" if row["basis"].startswith("derived") else "", note=row["basis"])


def reporting_entities(facts):
    file = "31-sub-icb-locations"
    for row in sorted(facts.kind["SUB_ICB_REPORTING_ENTITY"], key=lambda row: row["ods_code"]):
        key = "reporting-" + row["ods_code"]
        seeds.organisation(file, key, row["open_date"])
        add(file, "life", organisation=key, timeline="operational", _from=row["open_date"], source="ods-eccg-2025")
        fact(file, "role", key, row["open_date"], kind="sub-icb-reporting-entity", source="ods-eccg-2025")
        fact(file, "code", key, row["open_date"], scheme="ods", value=row["ods_code"], source="ods-eccg-2025")
        fact(file, "name", key, row["open_date"], scheme="ods", value=tidy(row["name"]), source="ods-eccg-2025")


# ---------------------------------------------------------------- 40 regions and offices

EAUTH_SEEN = "2018-11-30"       # the last day on which the file of November 2018 shows a name
LEGAL_START = {}                # key -> first day of the legal life of a region that is older in ODS


def nhs_regions(facts, regions):
    file = "40-regions-and-offices"
    chd = defaultdict(list)
    for row in facts.chd["NHSE_REGION"]:
        chd[regions[row["ons_code"]]].append(row)
    rows = {"region-" + row["ods_code"]: row for row in facts.kind["NHSE_REGION"]}
    closed = {"region-Y57": "2018-04-01-closure-Y57", "region-Y54": "2019-04-01-closure-Y54-Y55",
              "region-Y55": "2019-04-01-closure-Y54-Y55"}
    opened = {"region-Y58": "2018-04-01-establishment-Y58-Y59", "region-Y59": "2018-04-01-establishment-Y58-Y59"}
    opened.update({f"region-Y6{digit}": "2019-04-01-establishment-Y60-Y63" for digit in range(4)})
    titles = {"closure-Y57": "NHS England region Y57 ends", "closure-Y54-Y55": "NHS England regions Y54 and Y55 end",
              "establishment-Y58-Y59": "NHS England regions Y58 and Y59 begin",
              "establishment-Y60-Y63": "NHS England regions Y60 to Y63 begin"}
    for key in sorted(set(closed.values()) | set(opened.values())):
        seeds.event(file, key, key.split("-")[3], key[:10], titles[key[11:]], "ons-chd")
    for key in sorted(rows):
        region(file, key, rows[key], chd[key], opened.get(key, ""), closed.get(key, ""))


def region(file, key, row, versions, opening, closing):
    versions = sorted(versions, key=lambda version: version["start"])
    ods, legal = row["ods_code"], versions[0]["start"]
    first = min(row["open_date"], legal)
    end = day_before(closing[:10]) if closing else ""
    assert (row["close_date"] or "") == end or not row["close_date"], key
    if first < legal:
        LEGAL_START[key] = legal
    seeds.organisation(file, key, first, opening, end, closing)
    if opening:
        add(file, "open", event=opening, organisation=key, kind="region")
    else:
        add(file, "life", organisation=key, timeline="legal", _from=legal, source="ons-chd")
        add(file, "life", organisation=key, timeline="operational", _from=first, source="ods-eauth-2018")
        fact(file, "role", key, first, kind="region", source="ods-eauth-2018")
    if closing:
        add(file, "close", event=closing, organisation=key)
    source = "ons-nhser19" if "NHSER19" in row["source"] else "ods-eauth-2018"
    fact(file, "code", key, first, scheme="ods", value=ods, source=source)
    for before, after in zip(versions, versions[1:]):
        event = f"{after['start']}-recode-{ods}"
        seeds.event(file, event, "recode", after["start"], f"{ods}: {before['ons_code']} becomes {after['ons_code']}",
                    "ons-chd", status="derived", note="same name, same region")
        seeds.code_events[(key, after["start"])] = event
    seeds.timeline(file, "code", key, [(version["start"], version["end"], {"value": version["ons_code"]})
                                       for version in versions], scheme="ons", source="ons-chd")
    seeds.timeline(file, "name", key, [(version["start"], version["end"], {"value": tidy(version["name"])})
                                       for version in versions], scheme="ons", source="ons-chd")
    if source == "ods-eauth-2018":
        fact(file, "name", key, first, EAUTH_SEEN, scheme="ods", value=tidy(row["name"]), status="derived", source=source,
             to_status="unknown" if not end or end > EAUTH_SEEN else "")


def office_codes(facts):
    """ONS code of an area team or local office -> ODS code; local offices by the area in brackets in both names."""
    named = {}
    for row in facts.nhse_regional_bodies:
        if row["kind"] == "local office" and "(" in row["name"]:
            named[row["name"][row["name"].index("("):].upper()] = row["ods_code"]
    codes = {row["ons_code"]: row["ods_code"] for row in facts.nhse_regional_bodies
             if row["kind"] == "area team" and row["ons_code"]}
    codes.update({"E39000018": "Q71", "E39000038": "Q84"})
    for row in facts.nhse_local_office_ons_versions:
        if row["ons_code"] not in codes:
            codes[row["ons_code"]] = named[row["name"][row["name"].index("("):].upper()]
    return codes


def offices(facts, regions):
    file = "40-regions-and-offices"
    codes = office_codes(facts)
    versions = defaultdict(list)
    for row in facts.nhse_local_office_ons_versions:
        versions[codes[row["ons_code"]]].append(row)
    ods_first = {row["ods_code"]: row["open_date"] for row in facts.kind["NHSE_LOCAL_OFFICE"]}
    opened, closed = office_events(file, facts)
    ending = [("2018-04-01", "2018-04-01-closure-Q70-Q80-Q81-Q82", "stated"),
              ("2020-04-01", "2020-04-01-closure-of-local-offices", "derived")]
    seeds.event(file, ending[0][1], "closure", ending[0][0], "Local offices Q70, Q80, Q81 and Q82 end", "ods-eauth-2018")
    seeds.event(file, ending[1][1], "closure", ending[1][0], "The codes of all local offices end in ONS", "ons-chd",
                status="derived", note="ODS shows no closing date in any file read")
    founding = "2018-04-01-establishment-Q85-Q88"
    seeds.event(file, founding, "establishment", "2018-04-01", "Local offices Q85 to Q88 begin", "ods-eauth-2018")
    for code in sorted(versions):
        rows = sorted(versions[code], key=lambda row: row["start"])
        last = rows[-1]["end"]
        closing = closed.get(code) or next((key for day, key, _ in ending if day_before(day) == last), "")
        opening = opened.get(code) or (founding if rows[0]["start"] == "2018-04-01" else "")
        office(file, code, rows, ods_first.get(code, ""), opening, closing, founding, closed, regions)
    london_area_teams(file, facts)
    office_names(file, facts)


def office_events(file, facts):
    opened, closed = {}, {}
    links = defaultdict(list)
    for old, new, day in facts.ods_successions:
        if re.match(r"Q[4-8]\d$", old) and day in ("2015-04-01", "2016-04-01"):
            links[day].append((old, new))
    for day in sorted(links):
        for pairs in components(links[day]):
            olds, news = sorted({old for old, _ in pairs}), sorted({new for _, new in pairs})
            kind = "split" if len(news) > 1 else "merger" if len(olds) > 1 else "succession"
            key = f"{day}-{kind}-{olds[0] if kind == 'split' else news[0]}"
            seeds.event(file, key, kind, day, f"{', '.join(olds)} to {', '.join(news)}", "ods-successions")
            for old in olds:
                closed[old] = key
                add(file, "close", event=key, organisation=office_key(old))
            for new in news:
                opened[new] = key
                add(file, "open", event=key, organisation=office_key(new), kind="local-office")
            for old, new in pairs:
                add(file, "succession", event=key, organisation=office_key(old), other=office_key(new), nature="duties")
    return opened, closed


def office_key(code):
    return ("area-team-" if code <= "Q71" else "local-office-") + code


def office(file, code, rows, ods_first, opening, closing, founding, closed, regions):
    key, legal = office_key(code), rows[0]["start"]
    first = min(legal, ods_first or legal)
    seeds.organisation(file, key, first, opening, rows[-1]["end"], closing)
    if opening == founding:
        add(file, "open", event=founding, organisation=key, kind="local-office")
    if not opening:
        add(file, "life", organisation=key, timeline="legal", _from=legal, source="ons-chd")
        if first < legal:
            add(file, "life", organisation=key, timeline="operational", _from=first, source="ods-eauth-2018")
        stays = code in ("Q70", "Q71")
        seeds.fact(file, "role", key, first, followed=stays, kind="area-team", scheme="ons" if code == "Q71" else "",
                   source="ods-eauth-2018" if stays else "ons-chd")
        if stays:
            event = f"2015-04-01-reclassification-{code}"
            seeds.event(file, event, "reclassification", "2015-04-01", f"Area team {code} goes on as a local office",
                        "ons-chd")
            add(file, "role", organisation=key, kind="local-office", event=event)
            seeds.code_events[(key, "2015-04-01")] = event
    if closing not in closed.values():
        add(file, "close", event=closing, organisation=key, status="derived" if closing.startswith("2020") else "")
    source = "ods-eauth-2018" if ods_first else "q73" if code == "Q73" else "nhsbsa-area-teams"
    fact(file, "code", key, first, scheme="ods", value=code, source=source, status="derived" if code == "Q73" else "")
    office_ons(file, key, code, rows)
    seeds.timeline(file, "relationship", key, joined_spans([(row["start"], row["end"], {
        "other": regions[row["parent_region_ons"]]}) for row in rows]), kind="part-of", source="ons-chd")


def office_ons(file, key, code, rows):
    for before, after in zip(rows, rows[1:]):
        if before["ons_code"] != after["ons_code"]:
            event = f"{after['start']}-recode-{code}"
            seeds.event(file, event, "recode", after["start"], f"{before['ons_code']} {before['name']} becomes "
                        f"{after['ons_code']} {after['name']}", "office-matches", status="derived")
            seeds.code_events[(key, after["start"])] = event
    for record, column in (("code", "ons_code"), ("name", "name")):
        seeds.timeline(file, record, key, [(row["start"], row["end"], {"value": tidy(row[column])}) for row in rows],
                       scheme="ons", source="ons-chd")


def london_area_teams(file, facts):
    """Three teams of ODS where ONS has one area team for London (Q71)."""
    for row in facts.nhse_regional_bodies:
        if row["kind"] == "area team" and not row["ons_code"]:
            key, since, last = office_key(row["ods_code"]), row["open_date"], "2015-03-31"
            seeds.organisation(file, key, since, "", last, "",
                               "ODS has Q71 succeed it on 2013-03-20, but prescribing files use it from April 2013")
            add(file, "life", organisation=key, timeline="legal", _from=since, to=last, to_status="derived",
                source="nhsbsa-area-teams")
            fact(file, "role", key, since, last, kind="area-team", scheme="ods", to_status="derived",
                 source="nhsbsa-area-teams")
            fact(file, "code", key, since, last, scheme="ods", value=row["ods_code"], to_status="derived",
                 source="nhsbsa-area-teams")
            fact(file, "name", key, since, last, scheme="ods", value=tidy(row["name"]), to_status="derived",
                 source="nhsbsa-area-teams")
            fact(file, "relationship", key, since, last, kind="part-of", other="area-team-Q71", to_status="derived",
                 status="derived", source="ons-ccg13-nhsat13")


def office_names(file, facts):
    """Names in ODS as the file of November 2018 shows them."""
    for row in facts.kind["NHSE_LOCAL_OFFICE"]:
        key = office_key(row["ods_code"])
        end = seeds.bodies[key].end
        since = max(row["open_date"], "2015-04-01")
        fact(file, "name", key, since, EAUTH_SEEN, scheme="ods", value=tidy(row["name"]), status="derived",
             source="ods-eauth-2018", to_status="unknown" if end > EAUTH_SEEN else "")


def ccg_offices(facts):
    """CCG in area team or local office: the E39 parents of the Code History Database."""
    file = "40-regions-and-offices"
    codes = office_codes(facts)
    london = {row["ccg_ods"]: row for row in facts.ccg_area_team_2013 if row["area_team_ons"] == "E39000018"}
    disagree = {row["ccg_ods"]: row for row in facts.ccg_area_team_2013 if row["nhsbsa_vs_ons"] == "DISAGREE"}
    spans = defaultdict(list)
    for row in facts.chd["CCG/SICBL"]:
        if row["parent_ons"].startswith("E39"):
            ccg, parent = row["ods_code"], office_key(codes[row["parent_ons"]])
            if parent == "area-team-Q71" and row["start"] < "2015-04-01":
                team = office_key(london[ccg]["area_team_ods_nhsbsa_2013Q2"])
                spans[ccg].append((row["start"], "2015-03-31", {"other": team, "source": "nhsbsa-area-teams"}))
                if row["end"] >= "2015-04-01":
                    spans[ccg].append(("2015-04-01", row["end"], {"other": parent, "source": "ons-chd"}))
            else:
                spans[ccg].append((row["start"], row["end"], {"other": parent, "source": "ons-chd"}))
    for ccg in sorted(spans):
        note = ""
        if ccg in disagree:
            note = f"NHSBSA has {disagree[ccg]['area_team_ods_nhsbsa_2013Q2']} in April to June 2013, " \
                   f"{disagree[ccg]['nhsbsa_later_area_team']} later"
        for start, end, extra in joined_spans(spans[ccg]):
            parent = seeds.bodies[extra["other"]]
            fact(file, "relationship", "ccg-" + ccg, max(start, parent.start), min(end, parent.end), kind="part-of",
                 note=note if start == "2013-04-01" else "", **extra)


# ---------------------------------------------------------------- 50 PCTs to CCGs, 60 parcels, 61 and 62 units

def place(facts, code):
    """The key of a CCG or hub of 2013."""
    return ("hub-" if code in facts.hubs else "ccg-") + code


def pct_to_ccg(facts):
    file = "50-pct-to-ccg-2013"
    for key in sorted(key for key, body in seeds.bodies.items() if body.closed_by == HSCA):
        add(file, "close", event=HSCA, organisation=key)
    pairs = {}
    for row in facts.succession:
        if row["type"].startswith("PCT->CCG"):
            pairs[(pct(row["predecessor"]), place(facts, row["successor"]))] = \
                "ods-epcmem" if row["evidence_unit"] == "practices" else "pct-ccg-postcodes"
    for row in facts.flows:
        if row["from_kind"] == "PCT" and row["to_kind"] == "COMMISSIONING_HUB":
            pairs[(pct(row["from_ods"]), place(facts, row["to_ods"]))] = "ods-epcmem"
    for (old, new), source in sorted(pairs.items()):
        add(file, "succession", event=HSCA, organisation=old, other=new, nature="territory", status="derived",
            source=source)
    for row in facts.parcels:
        if row["pct_2013_03_31"] and row["ccg_2013_04_01"]:
            assert (pct(row["pct_2013_03_31"]), place(facts, row["ccg_2013_04_01"])) in pairs
            add(file, "movement", event=HSCA, parcel=row["parcel"], other=place(facts, row["ccg_2013_04_01"]),
                source="practices")
    rows = [row for row in facts.flows if row["basis"] == "postcodes_percent"]
    for row in sorted(rows, key=lambda row: (row["from_ods"], row["to_ods"])):
        since, until = row["effective_date"].split(" to ")
        add(file, "observed", organisation=pct(row["from_ods"]), _from=since, other=place(facts, row["to_ods"]), to=until,
            basis="postcodes", amount=row["amount"], source="onspd")


def parcels(facts):
    file = "60-parcels"
    source = {"lsoa11": "lsoa11", "practice": "practices"}
    for row in facts.parcels:
        add(file, "parcel", key=row["parcel"], partition=row["partition"], source=source[row["partition"]])
    for row in facts.parcels:
        if row["partition"] == "lsoa11":
            late = row["ccg_2015"] == "13T"
            where, day = "ccg-" + row["ccg_2015"], "2015-04-01" if late else "2013-04-01"
            status = "" if late else "derived"
        elif row["pct_2013_03_31"]:
            where, day, status = pct(row["pct_2013_03_31"]), "2013-03-31", ""
        else:
            where, day, status = place(facts, row["ccg_2013_04_01"]), "2013-04-01", ""
        add(file, "anchor", parcel=row["parcel"], organisation=where, _from=day, status=status,
            source=source[row["partition"]])


def units(facts):
    for row in facts.units_lsoa11:
        add("61-units-lsoa11", "unit", partition="lsoa11", unit=row["lsoa11"], parcel=row["parcel"],
            **{"amount:population-2019": row["population_mid_2019"], "source": "lsoa11"})
    for row in facts.units_practice:
        add("62-units-practice", "unit", partition="practice", unit=row["practice"], parcel=row["parcel"],
            **{"amount:patients-2013": row["registered_patients_2013q2"], "source": "practices"})


# ---------------------------------------------------------------- 70 claims

CLUSTER_PERIODS = {"2011-02-04": ("2011-02-04", ""), "2011-04-28": ("2011-04-28", ""),
                   "2011 (late)": ("2011-10-01", "2011-12-31"),
                   "2012 (annual report 2011/12)": ("2012-03-31", ""), "2012-05": ("2012-05-01", "2012-05-31"),
                   "2010-12 / 2011": ("2010-12-01", "2011-12-31"), "2012": ("2012-01-01", "2012-12-31"),
                   "2011-10": ("2011-10-01", "2011-10-31"), "2011-03": ("2011-03-01", "2011-03-31"),
                   "2011-02": ("2011-02-01", "2011-02-28"), "2010-12": ("2010-12-01", "2010-12-31")}
NORTH_EAST_LONDON = "north east London was two clusters until 2012-04-01, whose members are in no source read, so that " \
                    "the register holds one only from that day"
CLUSTER_REASONS = {
    "52": "the table itself is not in the part of the article read; 49 names are known; " + NORTH_EAST_LONDON
          + "; the first day known of Calderdale, Kirklees and Wakefield is 2011-06-07",
    "51": "no source read names the 51st cluster; 49 names are known; " + NORTH_EAST_LONDON,
    "50": "49 names are known; " + NORTH_EAST_LONDON,
    "49": "distinct cluster names of the list of May 2012"}


def claim(file, kind, since, amount, source, until="", scheme="", value="", note=""):
    key = f"{kind}-{since}-{slug(source)}"
    add(file, "claim", key=key, kind=kind, _from=since, to=until, value=value or str(amount), amount=str(amount),
        scheme=scheme, source=source, note=note)


def cluster_claims(file, facts):
    for number, row in enumerate(facts.pct_cluster_counts, 1):
        since, until = CLUSTER_PERIODS[row["as_at"]]
        amount = row["clusters"] if row["clusters"].isdigit() else ""
        factsheet = row["clusters"] == "51"
        source = "factsheet-2011" if factsheet else extra_source("cluster-count", row["source"])
        what = "" if factsheet else tidy(row["what"])
        note = "; ".join(filter(None, (what, CLUSTER_REASONS.get(amount, ""))))
        add(file, "claim", key=f"pct-cluster-{number:02d}", kind="pct-cluster", _from=since, to=until,
            value=row["clusters"], amount=amount, source=source, note=note)
        if row["pcts"] == "152":
            add(file, "claim", key=f"pct-{since}-{source}", kind="pct", _from=since, to=until, value="152 PCTs",
                amount="152", source=source, note="152 was the number until 2010-03-31; it was 151 in 2011/12")


def list_claims(file, facts):
    real = facts.real
    claim(file, "pct", "2006-04-01", len(facts.pct_names_2006), "pct-names-2006", note="PCTs and care trusts")
    claim(file, "pct", "2012-01-01", len(read(real, "ons/op_PCO_2012.csv")), "ons-pco-2012", "2012-12-31", "ons",
          note="primary care organisations, care trusts included")
    claim(file, "sha", "2012-01-01", len(read(real, "ons/op_SHA_2012.csv")), "ons-sha-2012", "2012-12-31", "ons")
    vintages = Counter(row["vintage"] for row in facts.ccg_vintages)
    for vintage, source in (("2013-04", "ccg-apr-2013"), ("2015-07", "ccg-2015-07"), ("2016-04", "ccg-2016-04"),
                            ("2017-04", "ccg-2017-04"), ("2018-04", "ons-stp18"), ("2019-04", "ccg-2019-04"),
                            ("2020-04", "ccg-2020-04"), ("2021-04", "ccg-2021-04")):
        claim(file, "ccg", vintage + "-01", vintages[vintage], source, scheme="ons")
    for vintage in ("2022-07", "2024-04"):
        claim(file, "sub-icb-location", vintage + "-01", vintages[vintage + " (SICBL)"], "sicbl-icb", scheme="ons")
        boards = {row["icb_ods"] for row in facts.sicbl_icb if row["vintage"] == vintage}
        claim(file, "icb", vintage + "-01", len(boards), "sicbl-icb", scheme="ons")
    for vintage, source in (("2017-04", "ons-stp17"), ("2018-04", "ons-stp18"), ("2019-04", "ons-stp19"),
                            ("2020-04", "ons-stp20"), ("2021-04", "ons-stp21")):
        partnerships = {row["stp_ons"] for row in facts.stp_ccg if row["vintage"] == vintage}
        claim(file, "stp", vintage + "-01", len(partnerships), source, scheme="ons")
    claim(file, "icb", "2024-12-01", len(read(real, "ons/ICB_DEC_2024_names_codes.csv")), "ons-icb-2024", scheme="ons")
    claim(file, "icb", "2026-04-01", len(read(real, "ons/ICB_APR_2026_codes_from_dmsGIS.csv")), "icb-2026", scheme="ons")
    authorised = next(row["authorised"] for row in facts.ccg_authorisation_waves if row["wave"] == "all")
    claim(file, "ccg", "2013-04-01", authorised, "ccg-waves", note="authorised in four waves of 34, 67, 62 and 48, "
          "reported 2013-03-18; established on 2013-04-01")


def office_claims(file, facts):
    real = facts.real
    claim(file, "area-team", "2013-04-01", len(read(real, "ons/op_NHSAT_APR_2013_EN_NC.csv")), "ons-nhsat13", scheme="ons",
          note="London is one area team")
    teams = {row["area_team_ods_nhsbsa_2013Q2"] for row in facts.ccg_area_team_2013}
    claim(file, "area-team", "2013-04-01", len(teams), "nhsbsa-area-teams", "2013-06-30", "ods",
          note="London is three area teams, Q61 to Q63")
    lookup = read(real, "ons/op_CCG13_NHSAT13_NHSCR13_EW_LU.csv")
    claim(file, "region", "2013-04-01", len({row["NHSCR13CD"] for row in lookup}), "ons-ccg13-nhsat13", scheme="ons")
    for vintage, source, column in (("2017-04", "ons-rlo17", "17"), ("2018-04", "ons-rlo18", "18")):
        rows = read(real, f"ons/ONS_CCG{column}_NHSRLO{column}_NHSER{column}.csv")
        claim(file, "region", vintage + "-01", len({row[f"NHSER{column}CD"] for row in rows}), source, scheme="ons")
        claim(file, "local-office", vintage + "-01", len({row[f"NHSRLO{column}CD"] for row in rows}), source, scheme="ons")
    claim(file, "region", "2019-04-01", len(read(real, "ons/ONS_NHSER19_names_codes.csv")), "ons-nhser19", scheme="ons")


def eccg_claims(file, facts):
    """Rows of the ODS lists that were open when the file was issued, told apart by their names."""
    def live(name, day):
        rows = [row for row in read_plain(facts.real, name) if row[10] <= day and (not row[11] or row[11] >= day)]
        return Counter("sub-icb-reporting-entity" if "REPORTING ENTITY" in row[1] else
                       "commissioning-hub" if "COMMISSIONING HUB" in row[1] else
                       "sub-icb-location" if " ICB - " in row[1] else "ccg" for row in rows)
    for kind, amount in sorted(live("ods/eccg_2016_02.csv", "20160229").items()):
        claim(file, kind, "2016-02-01", amount, "ods-eccg-2016", "2016-02-29", "ods", note="open rows of the file")
    for kind, amount in sorted(live("ods/eccg_2025_12.csv", "20251231").items()):
        claim(file, kind, "2025-12-01", amount, "ods-eccg-2025", "2025-12-31", "ods", note="open rows of the file")


def claims(facts):
    file = "70-claims"
    list_claims(file, facts)
    office_claims(file, facts)
    eccg_claims(file, facts)
    cluster_claims(file, facts)


# ---------------------------------------------------------------- compile

def compile_all(facts_folder, real_folder):
    facts = Facts(facts_folder, real_folder)
    regions = region_of(facts)
    vocabulary()
    clinical_commissioning_groups(facts)
    primary_care_trusts(facts)
    strategic_health_authorities(facts)
    pct_clusters(facts)
    commissioning_hubs(facts)
    ccg_mergers(facts)
    transfers(facts)
    nhs_regions(facts, regions)
    offices(facts, regions)
    ccg_offices(facts)
    systems(facts, regions)
    ccg_systems(facts)
    integrated_care_boards(facts, regions)
    sub_icb_locations(facts)
    reporting_entities(facts)
    pct_to_ccg(facts)
    parcels(facts)
    units(facts)
    claims(facts)
    sources()
    seeds.write(HERE)
    for file, lines in sorted(seeds.lines.items()):
        print(f"{file}.csv {len(lines)}")


# ---------------------------------------------------------------- the check: replay what was written

class History:
    """Lives and facts as the change files give them; periods have inclusive ends."""

    def __init__(self, folder):
        self.rows = defaultdict(list)
        for path in sorted(Path(folder).glob("[0-9][0-9]-*.csv")):
            for row in read(folder, path.name):
                row["file"] = path.name
                self.rows[row["record"]].append(defaultdict(str, row))
        self.events = {row["key"]: row for row in self.rows["event"]}
        self.organisations = {row["key"] for row in self.rows["organisation"]}
        self.group = {row["key"]: row["group"] for row in self.rows["kind"]}
        self.closing = {row["organisation"]: day_before(self.day(row)) for row in self.rows["close"]}
        self.lives = self.read_lives()
        self.roles = self.read_facts("role", lambda row: self.group[row["kind"]] or row["kind"])
        self.roles += [self.opened_role(row) for row in self.rows["open"] if row["kind"]]
        self.roles = self.end_by_next(self.roles)
        self.codes = self.end_by_next(self.read_facts("code", lambda row: row["scheme"]))
        self.names = self.end_by_next(self.read_facts("name", lambda row: row["scheme"]))
        self.relationships = self.read_facts("relationship", lambda row: row["other"])
        for fact in self.relationships:
            fact["to"] = fact["to"] or min(self.closing.get(fact["row"]["organisation"], FOREVER),
                                           self.closing.get(fact["row"]["other"], FOREVER))

    def day(self, row):
        return self.events[row["event"]]["from"] if row["event"] else row["from"]

    def read_lives(self):
        lives = defaultdict(dict)
        for row in self.rows["life"]:
            assert row["timeline"] not in lives[row["organisation"]], row
            lives[row["organisation"]][row["timeline"]] = [row["from"], row["to"]]
        for row in self.rows["open"]:
            assert "legal" not in lives[row["organisation"]], row["organisation"]
            lives[row["organisation"]]["legal"] = [self.day(row), ""]
        for key, timelines in lives.items():
            for life in timelines.values():
                assert not (life[1] and key in self.closing), key
                life[1] = life[1] or self.closing.get(key, FOREVER)
        return lives

    def opened_role(self, row):
        return {"row": row, "from": self.day(row), "to": "", "slot": self.group[row["kind"]] or row["kind"]}

    def read_facts(self, record, slot):
        return [{"row": row, "from": self.day(row), "to": row["to"], "slot": slot(row)} for row in self.rows[record]]

    def end_by_next(self, facts):
        """A new fact of one slot ends the running one the day before; the closing of the body ends the last."""
        runs = defaultdict(list)
        for fact in facts:
            runs[(fact["row"]["organisation"], fact["slot"])].append(fact)
        for (organisation, _), run in runs.items():
            run.sort(key=lambda fact: fact["from"])
            for fact, later in zip(run, run[1:]):
                fact["to"] = fact["to"] or day_before(later["from"])
            run[-1]["to"] = run[-1]["to"] or self.closing.get(organisation, FOREVER)
        return facts

    def life(self, organisation, timeline="legal"):
        lives = self.lives[organisation]
        return lives.get(timeline) or next(iter(lives.values()))

    def lives_on(self, organisation, day, timeline="legal"):
        start, end = self.life(organisation, timeline)
        return start <= day <= end

    def with_role(self, kinds, day, timeline="legal", scheme=""):
        found = {fact["row"]["organisation"] for fact in self.roles
                 if fact["row"]["kind"] in kinds and fact["from"] <= day <= fact["to"]
                 and self.lives_on(fact["row"]["organisation"], day, timeline)
                 and fact["row"]["scheme"] in ("", scheme or fact["row"]["scheme"])}
        if scheme:
            found &= {fact["row"]["organisation"] for fact in self.codes
                      if fact["slot"] == scheme and fact["from"] <= day <= fact["to"]}
        return found


COUNTS = [
    ("2002-04-01", "pct", 303), ("2002-09-30", "pct", 303), ("2002-10-01", "pct", 304), ("2003-03-31", "pct", 304),
    ("2003-04-01", "pct", 303), ("2006-09-30", "pct", 303), ("2006-10-01", "pct", 152), ("2009-04-01", "pct", 152),
    ("2010-03-31", "pct", 152), ("2010-04-01", "pct", 151), ("2013-03-31", "pct", 151), ("2013-03-31", "care-trust", 5),
    ("2013-04-01", "pct", 0), ("2006-06-30", "sha", 28), ("2006-07-01", "sha", 10), ("2013-03-31", "sha", 10),
    ("2013-04-01", "sha", 0), ("2012-05-01", "pct-cluster", 49), ("2012-03-31", "pct-cluster", 48),
    ("2011-10-03", "sha-cluster", 4), ("2013-04-01", "ccg", 211), ("2014-04-01", "ccg", 211), ("2014-12-01", "ccg", 211),
    ("2015-04-01", "ccg", 209), ("2016-04-01", "ccg", 209), ("2017-04-01", "ccg", 207), ("2018-04-01", "ccg", 195),
    ("2019-04-01", "ccg", 191), ("2020-04-01", "ccg", 135), ("2021-04-01", "ccg", 106), ("2022-06-30", "ccg", 106),
    ("2022-07-01", "ccg", 0), ("2022-06-30", "sub-icb-location", 0), ("2022-07-01", "sub-icb-location", 106),
    ("2022-07-01", "icb", 42), ("2026-03-31", "icb", 42), ("2026-04-01", "icb", 36), ("2026-04-01", "sub-icb-location", 106),
    ("2016-04-01", "stp", 44), ("2017-01-01", "stp", 44), ("2018-03-31", "stp", 44), ("2018-04-01", "stp", 42),
    ("2020-03-31", "stp", 42), ("2022-06-30", "stp", 42), ("2022-07-01", "ics", 42), ("2022-07-01", "stp", 0),
    ("2013-04-01", "region", 4), ("2018-04-01", "region", 5), ("2019-04-01", "region", 7), ("2024-02-01", "region", 7),
    ("2013-04-01", "commissioning-hub", 26), ("2025-12-01", "sub-icb-reporting-entity", 37),
]


class Check:
    def __init__(self, facts_folder):
        self.history, self.facts_folder, self.failures = History(HERE), facts_folder, []

    def expect(self, what, found, wanted):
        print(f"{'ok  ' if found == wanted else 'FAIL'} {what}: {found}" + ("" if found == wanted else f", not {wanted}"))
        if found != wanted:
            self.failures.append(what)

    def none(self, what, bad):
        self.expect(what, len(bad), 0)
        for item in bad[:20]:
            print("       ", item)

    def run(self):
        self.counts()
        self.successions()
        self.references()
        self.overlaps()
        self.containment()
        self.parcels()
        self.vintages()
        self.parents()
        self.claims()
        print(f"{len(self.failures)} failures")
        return 1 if self.failures else 0

    def counts(self):
        history = self.history
        for day, kind, wanted in COUNTS:
            self.expect(f"{day} {kind}", len(history.with_role([kind], day)), wanted)
        self.expect("2014-12-01 ccg by operational dates", len(history.with_role(["ccg"], "2014-12-01", "operational")), 212)
        for scheme, wanted in (("ods", 27), ("ons", 25)):
            found = history.with_role(["area-team"], "2013-04-01", scheme=scheme)
            self.expect(f"2013-04-01 area-team in {scheme}", len(found), wanted)
        ccgs = {fact["row"]["organisation"] for fact in history.roles if fact["row"]["kind"] == "ccg"}
        self.expect("CCGs ever", len(ccgs), 248)
        codes = {fact["row"]["value"] for fact in history.codes if fact["row"]["value"].startswith("E38")}
        holders = {re.sub("^location-", "ccg-", fact["row"]["organisation"]) for fact in history.codes
                   if fact["row"]["value"].startswith("E38")}
        self.expect("E38 codes", len(codes), 265)
        self.expect("CCGs that carry them, with their locations", len(holders), 248)

    def successions(self):
        history = self.history
        rows = [row for row in history.rows["succession"] if row["organisation"].startswith("ccg-")
                and row["other"].startswith("ccg-")]
        whole = [row for row in rows if row["nature"] == "succession"]
        self.expect("CCG successions", len(whole), 142)
        self.expect("CCG merger events", len({row["event"] for row in whole}), 37)
        years = Counter(history.day(row)[:4] for row in whole)
        self.expect("CCG successions by year", dict(sorted(years.items())),
                    {"2015": 3, "2017": 3, "2018": 18, "2019": 6, "2020": 74, "2021": 38})
        with_2020 = len(whole) + sum((row["organisation"], row["other"]) == ("ccg-09G", "ccg-92A") for row in rows)
        self.expect("the same with 09G to 92A", with_2020, 143)
        transfers = [row for row in history.rows["event"] if row["type"] == "transfer" and row["file"].startswith("22")]
        self.expect("transfers between CCGs or locations", len(transfers), 9)
        bad = []
        for row in history.rows["succession"]:
            day = history.day(row)
            if not history.lives_on(row["organisation"], day_before(day)):
                bad.append((row["event"], row["organisation"], "does not live the day before"))
            if not history.lives_on(row["other"], day):
                bad.append((row["event"], row["other"], "does not live on the day"))
        self.none("successions outside lives", bad)
        opened = [row["organisation"] for row in history.rows["open"]]
        closed = [row["organisation"] for row in history.rows["close"]]
        self.none("bodies opened or closed twice", [key for key, n in (Counter(opened) + Counter()).items() if n > 1]
                  + [key for key, n in Counter(closed).items() if n > 1])

    def references(self):
        history, rows = self.history, self.history.rows
        named = {row["key"] for row in rows["source"]}
        bad = []
        for record, lines in rows.items():
            for row in lines:
                if row["source"] and row["source"] not in named:
                    bad.append(("source", row["source"]))
                if row["event"] and row["event"] not in history.events:
                    bad.append(("event", row["event"]))
                if record not in ("scheme", "kind", "relationship-kind", "partition", "basis", "source", "organisation") \
                        and not row["source"] and not row["event"]:
                    bad.append(("no source", dict(row)))
                for column in ("organisation", "other"):
                    if row[column] and row[column] not in history.organisations:
                        bad.append((column, row[column]))
        self.none("references to nothing", bad)
        keys = Counter((record, row["key"]) for record, lines in rows.items() for row in lines if row["key"])
        self.none("keys used twice", [key for key, n in keys.items() if n > 1])
        self.none("organisations without a life", [key for key in history.organisations if not history.lives.get(key)])
        roles = {fact["row"]["organisation"] for fact in history.roles}
        self.none("organisations without a role", sorted(history.organisations - roles))

    def overlaps(self):
        history = self.history

        def body_and_slot(fact):
            return fact["row"]["organisation"], fact["slot"]

        slots = [("codes held by two", history.codes, lambda fact: (fact["slot"], fact["row"]["value"])),
                 ("codes of one scheme on one body", history.codes, body_and_slot),
                 ("names of one scheme on one body", history.names, body_and_slot),
                 ("roles of one group on one body", history.roles, body_and_slot),
                 ("relationships given twice", history.relationships,
                  lambda fact: (fact["row"]["organisation"], fact["row"]["kind"], fact["row"]["other"]))]
        for what, facts, slot in slots:
            runs, bad = defaultdict(list), []
            for fact in facts:
                runs[slot(fact)].append(fact)
            for key, run in runs.items():
                run.sort(key=lambda fact: fact["from"])
                bad += [(key, fact["from"], fact["to"], later["from"]) for fact, later in zip(run, run[1:])
                        if fact["to"] >= later["from"]]
            self.none("overlap of " + what, bad)
        reversed_periods = [(fact["row"]["organisation"], fact["from"], fact["to"]) for facts in
                            (history.codes, history.names, history.roles, history.relationships) for fact in facts
                            if fact["from"] > fact["to"]]
        self.none("periods that end before they begin", reversed_periods)
        self.two_parents()

    def two_parents(self):
        """Only the four PCTs that lie in two authorities may have two parents of one kind on one day."""
        history, runs = self.history, defaultdict(list)
        for fact in history.relationships:
            prefix = re.match(r"(pct-cluster|sha-cluster|sha|stp|icb|region|area-team|local-office)-", fact["row"]["other"])
            tier = {"area-team": "office", "local-office": "office"}.get(prefix[1], prefix[1])
            runs[(fact["row"]["organisation"], tier)].append(fact)
        two = set()
        for key, run in runs.items():
            run.sort(key=lambda fact: fact["from"])
            two |= {key for fact, later in zip(run, run[1:]) if fact["to"] >= later["from"]}
        self.expect("bodies with two parents of one kind", len(two), 4)
        self.expect("all of them PCTs in two authorities", all(tier == "sha" for _, tier in two), True)

    def containment(self):
        history, bad = self.history, []
        for what, facts in (("code", history.codes), ("name", history.names), ("role", history.roles)):
            for fact in facts:
                lives = history.lives[fact["row"]["organisation"]].values()
                if fact["from"] < min(life[0] for life in lives) or fact["to"] > max(life[1] for life in lives):
                    bad.append((what, fact["row"]["organisation"], fact["from"], fact["to"]))
        self.none("facts outside the life of their body", bad)
        bad = []
        for fact in history.relationships:
            for column in ("organisation", "other"):
                start, end = history.life(fact["row"][column])
                if fact["from"] < start or fact["to"] > end:
                    bad.append((fact["row"]["organisation"], fact["row"]["other"], fact["from"], fact["to"], column))
        self.none("relationships outside the two lives", bad)

    def parcels(self):
        """Every parcel forward: a movement takes it, else the single succession of its body, else nothing."""
        history = self.history
        moves = defaultdict(dict)
        for row in history.rows["movement"]:
            moves[history.day(row)][row["parcel"]] = (row["other"], row["event"])
        follows, links = defaultdict(dict), set()
        for row in history.rows["succession"]:
            links.add((row["event"], row["organisation"], row["other"]))
            if row["nature"] == "succession":
                follows[history.day(row)].setdefault(row["organisation"], []).append(row["other"])
        days = sorted({row["from"] for row in history.rows["event"]})
        anchors = {row["parcel"]: row for row in history.rows["anchor"]}
        wrong, bad, compared = [], [], 0
        for row in read(self.facts_folder, "parcels.csv"):
            anchor = anchors[row["parcel"]]
            place, since = anchor["organisation"], anchor["from"]
            if not history.lives_on(place, since):
                bad.append(("anchor", row["parcel"], place))
            at = {since: place}
            for day in days:
                if day <= since:
                    continue
                if row["parcel"] in moves[day]:
                    new, event = moves[day][row["parcel"]]
                    if (event, place, new) not in links:
                        bad.append(("movement without succession", row["parcel"], event))
                    place = new
                elif place and history.closing.get(place) == day_before(day):
                    successors = follows[day].get(place, [])
                    place = successors[0] if len(successors) == 1 else ""
                at[day] = place
            for column, day in VINTAGES:
                if row[column] and day >= since:
                    now = at[max(known for known in at if known <= day)]
                    compared += 1
                    if now.split("-")[-1] != row[column]:
                        wrong.append((row["parcel"], column, now, row[column]))
        self.expect("parcels", len(anchors), 793)
        print(f"     {compared} placements compared with parcels.csv")
        self.none("parcels in another body than parcels.csv says", wrong)
        self.none("bad anchors and movements", bad)
        units = Counter(row["partition"] for row in history.rows["unit"])
        self.expect("units", dict(units), {"lsoa11": 32844, "practice": 10961})

    def value_on(self, facts, organisation, slot, day):
        return [fact["row"]["value"] for fact in facts if fact["row"]["organisation"] == organisation
                and fact["slot"] == slot and fact["from"] <= day <= fact["to"]]

    def vintages(self):
        """Codes of every published list of CCGs and locations; names may differ from list to list."""
        history, bad, names = self.history, [], Counter()
        held, called = defaultdict(list), defaultdict(list)
        for fact in history.codes:
            held[fact["row"]["organisation"]].append(fact)
        for fact in history.names:
            called[fact["row"]["organisation"]].append(fact)
        for row in read(self.facts_folder, "ccg_vintages.csv"):
            # the list of July 2015 came out before two codes changed on the 3rd
            day = "2015-07-03" if row["vintage"] == "2015-07" else row["vintage"][:7] + "-01"
            key = ("ccg-" if day < HCA_DAY else "location-") + row["ods_code"]
            codes = self.value_on(held[key], key, "ons", day), self.value_on(held[key], key, "ods", day)
            if codes != ([row["ons_code"]], [row["ods_code"]]):
                bad.append((row["vintage"], key, codes, row["ons_code"]))
            name = self.value_on(called[key], key, "ons", day)
            same = len(name) == 1 and name[0].upper() == tidy(row["name"]).upper()
            names[same] += 1
            if not same:
                print(f"     {row['vintage']} {key}: {tidy(row['name'])}; here {name}")
        self.none("rows of the published lists with other codes", bad)
        print(f"     names in the published lists: {names[True]} equal, {names[False]} written otherwise")

    def parents(self):
        """Parents on a day against the tables that were not used to write them."""
        history, bad, compared = self.history, [], 0
        above = defaultdict(list)
        for fact in history.relationships:
            above[fact["row"]["organisation"]].append(fact)

        def on(key, prefix, day):
            return {fact["row"]["other"].split("-")[-1] for fact in above[key]
                    if re.match(prefix, fact["row"]["other"]) and fact["from"] <= day <= fact["to"]}

        wanted = [("ccg-" + row["ccg_ods"], "area|local", row["as_at"] + "-01", row["local_office_ods"])
                  for row in read(self.facts_folder, "ccg_local_office.csv") if row["local_office_ods"]]
        wanted += [("ccg-" + row["ccg_ods"], "area|local", "2013-04-01", row["area_team_ods_nhsbsa_2013Q2"])
                   for row in read(self.facts_folder, "ccg_area_team_2013.csv") if row["nhsbsa_vs_ons"] == "agree"]
        wanted += [("location-" + row["sicbl_ods"], "icb", row["vintage"] + "-01", row["icb_ods"])
                   for row in read(self.facts_folder, "sicbl_icb.csv")]
        wanted += [("location-" + row["location_ods"], "icb", "2026-04-01", row["icb_2026_04_01"])
                   for row in read(self.facts_folder, "location_parents_2026.csv") if row["icb_2026_04_01"]]
        for key, prefix, day, parent in wanted:
            compared += 1
            if on(key, prefix, day) != {parent}:
                bad.append((key, day, on(key, prefix, day), parent))
        print(f"     {compared} parents compared")
        self.none("other parents than the tables say", bad)
        orphans = [key for day, kind, prefix in (("2013-04-01", "ccg", "area"), ("2018-04-01", "ccg", "stp"),
                                                 ("2020-04-01", "stp", "region"), ("2023-01-01", "icb", "region"))
                   for key in history.with_role([kind], day) if len(on(key, prefix, day)) != 1]
        self.none("bodies without the one parent they should have", orphans)

    def claims(self):
        """Not a check: shows where register and claim differ, each with its note."""
        for row in self.history.rows["claim"]:
            if row["amount"]:
                found = len(self.history.with_role([row["kind"]], row["from"], scheme=row["scheme"]))
                if str(found) != row["amount"]:
                    print(f"     claim {row['key']}: {row['amount']}, register {found}: {row['note']}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    compile_all(sys.argv[1], sys.argv[2])
    if "--check" in sys.argv[3:]:
        sys.exit(Check(sys.argv[1]).run())
