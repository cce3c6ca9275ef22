import { corpusSuite } from "../support/corpusSuite";

corpusSuite("dockerfile");
