import { evaluationProtocol } from "../../messages/evaluation.js";
import { serve } from "../serve.js";
import { evaluationEngine } from "./engine.js";

serve(evaluationProtocol, evaluationEngine());
