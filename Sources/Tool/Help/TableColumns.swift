/// The columns of the tables that commands print as CSV.
///
/// Kept here:
/// 1. A test runs every command that is listed and compares. A command whose columns depend on what the register
///    measures is not listed, and neither is one that prints several tables. Codes have a column for each scheme of the
///    register; here they are those of the built-in one.
enum TableColumns {
  /// By the words of the command.
  static let all = listed.mapValues { $0.split(separator: ",").map(String.init) }

  private static let listed: [String: String] = {
    var listed = [
      "list": "ods_code,ons_code,name,kind,from,to",
      "find": "ods_code,ons_code,name,kind,from,to",
      "successions": "predecessor,successor,date,type,share,basis,method,event,source",
      "lineage": "from_code,to_code,date,type,share,basis,method",
      "crosswalk": "from_code,from_name,to_code,to_name,share,amount,basis,method,events,status,reason",
      "changes": "date,type,event,from_codes,to_codes,source",
      "who-commissions": "service,commissioner_code,commissioner_name,commissioner_kind,nature,from,to,basis,note",
      "report counts": "kind,counted_by,from,to,count,bound",
      "report succession": "date,from_code,from_name,to_code,to_name,share,amount,basis,method,shape",
      "report timeline": "code,name,kind,from,to,from_status,to_status,became",
      "report population":
        "from,to,nature,bodies,smallest,lower_quartile,median,upper_quartile,largest,average,total,"
        + "smallest_code,largest_code,unit",
      "report allocation":
        "from,to,nature,bodies,smallest,lower_quartile,median,upper_quartile,largest,average,total,"
        + "smallest_code,largest_code,unit",
      "report mergers":
        "date,type,event,kind,predecessors,successors,population_before,population_after,basis,"
        + "legal_basis",
      "report clusters": "cluster,cluster_name,kind,code,name,from,from_status,to,grade,source",
      "report governance": "code,name,seat,needed,held,vacant,verdict",
      "report coterminosity":
        "code,name,authority_code,authority_name,amount,share_of_body,share_of_authority,fit,counted_on,"
        + "basis",
      "report oversight":
        "code,name,kind,region_code,region_name,local_code,local_name,national_code,national_name,"
        + "authorisation",
      "report membership": "code,name,kind,members",
      "report quality": "kind,field,facts,stated,derived,unknown,unsourced,bodies_without",
      "report reconcile": "kind,about,counted_by,from,to,published,register,register_day,agrees,reason,source",
      "report corrections":
        "category,code,name,kind,from,to,they_say,register_says,why,source,units,unit,amount,basis",
      "report body": "body,field,value,from,from_status,to,to_status,source,note",
      "lint codes": "line,value,finding,detail",
      "lint names": "line,name,code,match,detail",
      "export csv": "key,ods_code,ons_code,name,kind,from,to,parent_code,parent_name",
      "export crosswalk":
        "from_day,from_code,from_name,to_day,to_code,to_name,share,amount,total,basis,method,status,"
        + "reason",
      "status": "what,value",
    ]
    for word in CommandWord.allCases where word.showsDifference {
      listed[word.rawValue] = "action,table,key,before,after"
    }
    return listed
  }()
}

extension CommandWord {
  /// Whether the command shows what it would change.
  fileprivate var showsDifference: Bool {
    switch self {
    case .establish, .close, .merge, .absorb, .split, .transfer, .rename, .recode, .reclassify, .attach, .detach,
      .measure, .appoint, .vacate, .redact, .amend, .retract, .enact, .withdraw, .apply, .import, .undo, .upgrade:
      true
    default: false
    }
  }
}
