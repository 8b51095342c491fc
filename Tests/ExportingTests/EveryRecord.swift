import RegistryTestSupport

/// A register in which every record of the change file occurs, with every column.
let everyRecord = #"""
  \#(vocabulary)

  record,key,value,instrument,year,number,provision,made,in_force,url,retrieved,note
  source,act,"An Act, ""so called""",ukpga,2012,7,s. 33,2012-03-27,2013-04-01,https://example.org/?a=1&b=2,2026-01-01,read twice
  source,list,A list,other

  record,key,value,type
  seat,chair,"The ""chair""",single
  seat,lay,Lay member

  record,key,event,organisation,other,scheme,kind,type,nature,timeline,value,amount,from,to,to_event,status,to_status,operational,grade,basis,parcel,partition,source,note
  organisation,a
  organisation,b
  organisation,c
  organisation,d
  organisation,board
  event,founding,,,,,,establishment,,,The founding,,2000-04-01,,,,,,,,,,act
  event,merger,,,,,,merger,,,"a, b ""become"" c",,2010-04-01,,,derived,,,,,,,act,late
  event,division,,,,,,transfer,,,c gives to d,,2015-04-01,,,,,,,,,,list
  open,,founding,a,,,group
  open,,founding,b,,,group,,,,,,,,,derived
  open,,founding,d,,,trust
  open,,founding,board,,,board
  open,,merger,c,,,group
  life,,,a,,,,,,operational,,,1999-10-01,,,unknown,,,,,,,list
  code,,founding,a,,ods,,,,,00A
  code,,,a,,ons,,,,,E01,,2000-04-01,2003-03-31,,,derived,,,,,,list
  code,,,a,,ons,,,,,E02,,2003-04-01,,,,,,,,,,list
  code,own-key,merger,c,,ods,,,,,00A
  name,,founding,a,,ods,,,,,"Alpha, ""the first"" of two",,,,,,,,,,,,,"a note, with a comma"
  name,,founding,b,,ods,,,,,Béta ’b’
  name,,merger,c,,ods,,,,, Gamma 
  role,,,a,,ods,proxy,,,,,,2002-01-01,,merger,,,,,,,,list
  relationship,,founding,a,board,,part-of,,,,,,,,,,,,B
  relationship,,merger,c,board,,part-of
  relationship,,,d,board,,supports,,,,,,2001-01-01,2001-12-31,,,,,,,,,list
  measure,,,a,,,patients,,final,,,1000.25,2004-04-01,2005-03-31,,,,,,,,,list
  measure,,,a,,,patients,,indicative,,,1e21,2005-04-01,,,,,,,,,,list
  identifier,,founding,a,,,,lei,,,213800ABC
  identifier,,,b,,,,companies-house,,,01234567,,2001-01-01,2009-12-31,,,unknown,,,,,,list,"as it files, with a comma"
  succession,,merger,a,c,,,,succession
  succession,,merger,b,c,,,,succession,,,,,,,derived,,,,,,,list
  succession,,division,c,d,,,,territory
  close,,merger,a
  close,,merger,b
  movement,,division,,d,,,,,,,,,,,,,,,,p2
  flow,,division,c,d,,,,,,,0.125,,,,,,,,share
  flow,,division,,d,,,,,,,0,,,,,,,,share,,,list
  observed,,,a,c,,,,,,,7,2009-01-01,2011-01-01,,,,,,share,,,list
  claim,two-groups,,,,ods,group,,,,some,2,2000-04-01,2010-03-31,,,,,,,,,list,why
  claim,groups-today,,,,,group,,,,many,,2020-01-01,,,,,,,,,,list
  claim,leaders,,,,,group,governance,,,most of them,,2020-01-01,,,,,,,,,,list
  claim,a-allowed,,a,,ods,group,authorisation,,,"with conditions, it is said",,1999-01-01,1999-01-31,,,,,,,,,list,derived
  claim,a-patients,,a,,,group,patients,,,about 900,,2020-01-01,,,,,,,,,,list
  claim,patients-of-each,,,,,group,patients,,,about a thousand,,2020-01-01,,,,,,,,,,list
  parcel,p1,,,,,,,,,,,,,,,,,,,,area
  parcel,p2,,,,,,,,,,,,,,,,,,,,area
  parcel,p3,,,,,,,,,,,,,,,,,,,,area
  anchor,,,a,,,,,,,,,2000-04-01,,,derived,,,,,p1,,list
  anchor,,,b,,,,,,,,,2000-04-01,,,,,,,,p2,,list

  record,key,event,organisation,other,scheme,kind,type,nature,value,from,operational,parcel,unit,proposal,status,source,note
  proposal,2030-order,,,,,,,,"c is ""renewed"", and more",2030-04-01,,,,,,act,draft
  proposal,2031-order,,,,,,,withdrawn,Nothing of it,2031-04-01
  proposal-base,2031-order,,,2030-order,,,,,,,,,,,,,if at all
  organisation,group-new,,,,,,,,,,,,,2030-order
  event,2030-order/merger,,,,,,merger,,New,,2030-05-01,,,2030-order,derived,act
  open,,2030-order/merger,group-new,,,group,,,,,,,,2030-order
  name,,2030-order/merger,group-new,,ods,,,,"It's ""new"", and
  long",,,,,2030-order,,,as drafted
  event,2030-order/end,,,,,,closure,,c ends,2030-06-01,,,,2030-order,,act
  close,,2030-order/end,c,,,,,,,,,,,2030-order
  movement,,2030-order/merger,,group-new,,,,,,,,p1,,2030-order
  movement,,2030-order/merger,c,group-new,,,,,,,,,E3,2030-order

  record,event,organisation,other,kind,service,nature,from,to,to_event,status,to_status,source,note
  responsibility,founding,,,board,checks,sole,,,merger
  responsibility,merger,,,group,checks,joint,,,,derived
  responsibility,merger,,,board,checks,joint,,,,derived,,list,"in part, it is said"
  responsibility,,board,,,clinics,sole,2001-01-01,2009-12-31,,,unknown,act
  responsibility,,a,a,,clinics,delegated,2002-01-01,,,,,list
  responsibility,,,d,group,clinics,delegated,2003-01-01,,,unknown,,list

  record,key,event,organisation,other,kind,type,nature,group,amount,from,to,to_event,status,source,note,value
  appointment,,,a,h-1,,chair,held,gp,,2000-04-01,2001-03-31,,unknown,list,re-elected,Max Muster
  appointment,,,a,,,chair,vacant,,,2001-04-01,,,derived,list
  appointment,,founding,b,h-1,,lay,,,,,,merger,,list
  constitution,,,a,,,,,,,2000-04-01,,,,list,,"1.0, ""first"""
  constitution,second,,a,,,,,,,2005-04-01,2006-03-31,,,list,,1.1
  seat-rule,,,,,group,chair,,,1,2000-04-01,2010-03-31,,derived,act
  may-stand-under,,,,board,group,part-of
  seat-rule,,,,,group,lay,,,,2000-04-01,,,,act,some

  record,partition,unit,parcel,source,note,amount:areas,amount:people
  unit,area,"E,1",p1,list,odd,,1500.5
  unit,area,E2,p1,list,,1,0
  unit,area,E3,p2,list

  record,partition,unit,parcel,organisation,other,from,to,source,note
  unit,area,E4,p3,,,1999-01-01,2012-03-31,list
  unit,area,E5,p3,,,2003-01-01,,list
  move,area,E3,,d,c,2016-04-01,,list,"by itself, it is said"
  """#
