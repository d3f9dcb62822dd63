import type { Words } from "../texts";

export const name = "Español";
export const words: Words = {
  title: "¿Y si la coalición se dirigiera de otra manera?",
  lead: "Mueva lo que podría cambiar. Cada respuesta la calcula el modelo aquí, en su aparato; no se envía nada. Las respuestas mismas están en inglés.",
  coalition: "Coalición", optionB: "B: lo que usted cambia", beginFrom: "Empieza con", changeA: "Cambiar también A",
  reset: "Volver a empezar", money: "Coste previsto", sameMoney: "El mismo dinero para B que para A", sameMoneyNo: "no: cada una cuesta lo que cuesta",
  sameMoneyBy: "sí: se ajusta {0}", outcome: "De qué se trata", hubs: "Dónde tiene B centros", hubsOf: "Centros de {0}",
  hubsHelp: "A cada región la atiende el centro más cercano, y los centros se reparten el personal por igual. Si son varios, cada uno celebra las reuniones para sus organizaciones.",
  now: "Hoy: {0}.", supported: "Hay indicios para {0} a {1}: {2}.", outside: "Fuera de lo que apoyan los indicios.",
  staff: "Personal", events: "Encuentros", remote: "Participar a distancia", lever: "Apoyo", from: "Cuándo",
  answer: "La respuesta", more: "Más sobre la respuesta", toAnswer: "A la respuesta", answering: "El modelo calcula …", sofar: "hasta ahora {0} de {1} pares de ejecuciones", done: "{0} pares de ejecuciones, {1}",
  uncertain: "Qué incluye la respuesta", chance: "Azar: siempre. Cada par de ejecuciones tiene otra suerte.",
  sets: "Parámetros inciertos", setsHelp: "Cada par de ejecuciones tiene uno de los conjuntos de números que encajan con los indicios.", setsNot: "No con otras reglas: los conjuntos encajan con las de la coalición.",
  structures: "Otras estructuras del modelo", structuresHelp: "Lo calcula todo otra vez con las otras reglas de cómo nace el compromiso y dice si la respuesta se mantiene. Tarda el triple.",
  engagement: "Cómo nace el compromiso", decision: "Cómo deciden venir los miembros", influence: "Cómo se mueven las opiniones", rulesNow: "como en la coalición",
  pictures: "Gráficos", table: "Los números", map: "Regiones por horas de viaje: elija dónde hay centros", mapTable: "Quién atiende cada región", full: "Para quienes deciden: la respuesta completa",
  figures: "Todos los resultados, cada cifra (CSV)", take: "Para llevar", takeA: "La opción A como archivo de escenario", takeB: "La opción B como archivo de escenario", command: "Lo mismo en una línea de órdenes",
  print: "Imprimir esta página", link: "La dirección de esta página contiene todo lo que ha elegido. Cópiela para compartirla.", csv: "Números (CSV)", svg: "Gráfico (SVG)", png: "Gráfico (PNG)",
  proof: "¿Es el mismo modelo?", prove: "Comparar 50 ejecuciones con las del programa",
  proving: "Calculando …", proved: "Las {0} ejecuciones tienen los bits del programa que hizo esta página.", disproved: "{0} de {1} ejecuciones tienen otros bits: no use esta página en este navegador.",
  foot: "Coalis {0}, versión del modelo {1}; semilla {2}. No es un pronóstico: son ejecuciones de un modelo bajo supuestos declarados.", firstHash: "Suma de control de la primera ejecución tal como es: {0}",
  broken: "El modelo se ha detenido: {0}. Se ha vuelto a iniciar; lo que eligió sigue ahí.", language: "Idioma", luck: "Otra suerte (semilla)",
  dots: "La diferencia, ejecución por ejecución", fan: "Cómo se desarrolla", levels: "Cada opción por sí misma", regions: "Dónde se nota",
};
