/// Two groups under a board merge in 2010. They have codes, names, roles and measures.
let smallWorld = """
  record,key,event,organisation,other,scheme,kind,type,nature,timeline,value,amount,from,to,source,service
  organisation,a
  organisation,b
  organisation,c
  organisation,board
  event,founding,,,,,,establishment,,,The founding,,2000-04-01,,law
  event,merger,,,,,,merger,,,a and b become c,,2010-04-01,,law
  event,renaming,,,,,,rename,,,The board is renamed,,2005-04-01,,law
  open,,founding,a,,,group
  open,,founding,b,,,group
  open,,founding,board,,,board
  open,,merger,c,,,group
  code,,founding,a,,ods,,,,,00A
  code,,founding,b,,ods,,,,,00B
  code,,,a,,ons,,,,,E01,,2000-04-01,,law
  code,,,a,,ons,,,,,E02,,2003-07-03,,law
  code,,,a,,ons,,,,,E03,,2007-01-01,,law
  code,,merger,c,,ods,,,,,00A
  name,,founding,a,,ods,,,,,Alpha
  name,,founding,b,,ods,,,,,Beta
  name,,merger,c,,ods,,,,,Gamma
  name,,founding,board,,ods,,,,,Old board
  name,,renaming,board,,ods,,,,,New board
  role,,,b,,,trust,,,,,,2004-01-01,,law
  role,,,a,,ods,proxy,,,,,,2002-01-01,2002-12-31,law
  relationship,,founding,a,board,,part-of
  relationship,,,b,board,,part-of,,,,,,2001-01-01,,law
  relationship,,merger,c,board,,part-of
  measure,,,a,,,patients,,final,,,1000,2004-04-01,2005-03-31,law
  responsibility,,founding,,,,group,,sole,,,,,,,checks
  responsibility,,,b,b,,,,delegated,,,,2003-01-01,,law,checks
  responsibility,,renaming,board,a,,,,joint,,,,,,,clinics
  succession,,merger,a,c,,,,succession
  succession,,merger,b,c,,,,succession
  close,,merger,a
  close,,merger,b
  """
