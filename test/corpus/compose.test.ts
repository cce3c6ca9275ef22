import { corpusSuite } from "../support/corpusSuite";

corpusSuite("compose");
