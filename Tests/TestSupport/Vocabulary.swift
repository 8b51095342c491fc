/// The words of a small country: two schemes, kinds of three tiers, two partitions.
package let vocabulary = """
  record,key,value,tier,group,rank,type,partition,unit,from
  scheme,ods,ODS,,,2
  scheme,ons,ONS,,,1
  kind,trust,Trust,place,body
  kind,group,Group,place,body
  kind,board,Board,system,body
  kind,proxy,Proxy
  relationship-kind,part-of,is part of,,,,parent
  relationship-kind,supports,supports
  partition,area,Small areas,,,,,,area
  partition,practice,Practices,,,,,,practice
  basis,areas,Areas,,,,count,area,area,2019-06-30
  basis,people,People,,,,,area,person,2019-06-30
  basis,practices,Practices,,,,count,practice,practice,2013-06-30
  basis,share,Published shares,,,,,,share
  measure-kind,patients,Registered patients,,,,,,person
  service,checks,Health checks
  service,clinics,Clinics
  source,law,The law
  """
